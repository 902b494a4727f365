// graphql-js reads NODE_ENV when it is loaded. As where the server runs (src/server/main.ts), it leaves out the checks that
// cost a sixth of an answer; all else is left as Jest sets it.
const environment = process.env.NODE_ENV;
process.env.NODE_ENV = 'production';
require('graphql/jsutils/instanceOf');
process.env.NODE_ENV = environment;
