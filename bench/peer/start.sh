cd ../.. && exec $(node -p 'require("./package.json").scripts.start')
