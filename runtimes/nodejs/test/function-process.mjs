import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FakeRuntimeApi } from './fake-runtime-api.mjs';

const BOOTSTRAP = fileURLToPath(new URL('../bootstrap.cjs', import.meta.url));

/**
 * Starts the runtime on a function made of these files, in a process of its own, and stops it after the test.
 * @param {import('node:test').TestContext} test
 * @param {Record<string, string>} files their text by path below the task root
 */
export async function startFunction(test, files, { handler = 'index.handler', env = {}, prestarted = false } = {}) {
  const taskRoot = realpathSync(mkdtempSync(path.join(tmpdir(), 'function-')));
  for (const [name, text] of Object.entries(files)) writeFile(path.join(taskRoot, name), text);
  const api = await FakeRuntimeApi.start();
  const variables = { ...environment(api, taskRoot, handler), ...env };
  const { PATH, AWS_LAMBDA_RUNTIME_API } = variables;
  const child = prestarted
    ? spawn(process.execPath, [BOOTSTRAP], { cwd: '/', env: { PATH, AWS_LAMBDA_RUNTIME_API, _LAMBRAY_PRESTART: '1' } })
    : spawn(process.execPath, [BOOTSTRAP], { cwd: taskRoot, env: variables });
  const running = new FunctionProcess(api, child, taskRoot, variables);
  test.after(async () => {
    child.kill('SIGKILL');
    await running.exitCode;
    api.stop();
    rmSync(taskRoot, { recursive: true });
  });
  return running;
}

class FunctionProcess {
  stdout = '';
  stderr = '';
  #child;

  constructor(api, child, taskRoot, variables) {
    this.api = api;
    this.variables = variables;
    this.taskRoot = taskRoot;
    this.exitCode = once(child, 'close').then(([code]) => code);
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (text) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (this.stderr += text));
  }

  get stdin() {
    return this.#child.stdin;
  }

  invoke(event, headers) {
    return this.api.invoke(event, headers);
  }

  /** The first log line that matches; the test's own deadline bounds the wait. */
  logLine(pattern) {
    return this.#line('stdout', pattern);
  }

  /** The first line of the runtime's own complaints that matches. */
  complaint(pattern) {
    return this.#line('stderr', pattern);
  }

  async #line(stream, pattern) {
    for (;;) {
      const line = this[stream].split('\n').slice(0, -1).find((candidate) => pattern.test(candidate));
      if (line !== undefined) return line;
      await once(this.#child[stream], 'data');
    }
  }
}

function writeFile(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function environment(api, taskRoot, handler) {
  return {
    PATH: process.env.PATH,
    TZ: ':UTC',
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: taskRoot,
    AWS_LAMBDA_RUNTIME_API: api.authority,
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'greeter',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/greeter',
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
  };
}
