'use strict';

// What functions use sooner or later.
const PRELOADED = ['async_hooks', 'buffer', 'crypto', 'dns', 'events', 'fs/promises', 'http', 'https', 'os', 'stream', 'stream/promises', 'tls', 'url', 'zlib'];

/**
 * Waits for a function and makes this process, started before the function was known, what it would be had it been started for it.
 * The platform gives it none that sets what Node.js reads only when it starts, such as NODE_OPTIONS.
 * @param {import('./runtime-api.cjs').RuntimeApi} api
 */
async function becomeFunction(api) {
  for (const name of PRELOADED) require(`node:${name}`);
  require('./streaming-run.cjs');
  const variables = await api.prestartedFunction();
  if (!variables) process.exit(0);
  takeOver(variables);
  process.chdir(variables.LAMBDA_TASK_ROOT);
  // Reads NODE_PATH, which Node.js does only once by itself.
  require('node:module')._initPaths();
}

// Only what differs: to set a time zone, even to what it is, takes Node.js milliseconds.
function takeOver(variables) {
  for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
  for (const [name, value] of Object.entries(variables)) if (process.env[name] !== value) process.env[name] = value;
}

module.exports = { becomeFunction };
