import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

// What functions use sooner or later.
const PRELOADED = ['async_hooks', 'buffer', 'crypto', 'dns', 'events', 'fs/promises', 'http', 'https', 'os', 'stream', 'stream/promises', 'tls', 'url', 'zlib'];
// What Node.js reads only once, when it starts.
const READ_AT_START = [
  'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'NODE_ICU_DATA', 'NODE_DEBUG', 'NODE_NO_WARNINGS', 'NODE_PENDING_DEPRECATION', 'NODE_PRESERVE_SYMLINKS',
  'NODE_REDIRECT_WARNINGS', 'NODE_V8_COVERAGE', 'NODE_COMPILE_CACHE', 'OPENSSL_CONF', 'SSL_CERT_DIR', 'SSL_CERT_FILE', 'UV_THREADPOOL_SIZE', 'LD_PRELOAD',
];

/**
 * Waits for a function and makes this process, started before the function was known, what it would be had it been started for it.
 * @param {import('./runtime-api.mjs').RuntimeApi} api
 */
export async function becomeFunction(api) {
  for (const name of PRELOADED) require(`node:${name}`);
  await import('./streaming-run.mjs');
  const before = { ...process.env };
  const variables = await api.prestartedFunction();
  if (!variables) process.exit(0);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, variables);
  process.chdir(variables.LAMBDA_TASK_ROOT);
  if (READ_AT_START.some((name) => variables[name] !== before[name]) || librariesMoved(before, variables)) startAnew();
  // Reads NODE_PATH, which Node.js does only once by itself.
  require('node:module')._initPaths();
}

// The dynamic loader reads its path once. That only matters where a folder that it does not know holds shared libraries.
function librariesMoved(before, now) {
  const known = new Set(before.LD_LIBRARY_PATH?.split(':'));
  return (now.LD_LIBRARY_PATH ?? '').split(':').some((folder) => !known.has(folder) && filesIn(folder).some((file) => file.includes('.so')));
}

function filesIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function startAnew() {
  const command = [...process.execArgv, process.argv[1]];
  process.execve?.(process.execPath, [process.execPath, ...command]);
  // Node.js before 22.15 cannot replace itself.
  const { status, signal } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  if (signal) process.kill(process.pid, signal);
  process.exit(status);
}
