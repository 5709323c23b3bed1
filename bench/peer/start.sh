cd ../.. && exec env $(node -p 'require("./package.json").scripts.start')
