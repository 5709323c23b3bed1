exec node $NODE_ARGS ../../server/src/start.js
