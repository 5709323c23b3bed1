exec node --max-semi-space-size=4 --heap-growing-percent=35 $NODE_ARGS ../../server/src/start.js
