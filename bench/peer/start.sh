exec node $NODE_ARGS ../../server/src/main.ts
