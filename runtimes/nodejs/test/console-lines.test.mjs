import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFunction } from './function-process.mjs';

const timeout = 20_000;

test('Console lines carry time, request id and level', { timeout }, async (t) => {
  const code = `exports.handler = async () => {
    console.log('hello %s', 'world', { a: 1 });
    for (const method of ['trace', 'debug', 'info', 'warn', 'error']) console[method](method);
  }`;
  const talkative = await startFunction(t, { 'index.js': code });
  await talkative.invoke();
  await talkative.logLine(/\tERROR\terror$/);
  const lines = talkative.stdout.trimEnd().split('\n').map((line) => line.split('\t'));
  assert.deepEqual(lines.map(([, ...rest]) => rest), [
    ['request-1', 'INFO', 'hello world { a: 1 }'],
    ['request-1', 'TRACE', 'trace'],
    ['request-1', 'DEBUG', 'debug'],
    ['request-1', 'INFO', 'info'],
    ['request-1', 'WARN', 'warn'],
    ['request-1', 'ERROR', 'error'],
  ]);
  for (const [time] of lines) assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('Each invocation has its own request id, and init has none', { timeout }, async (t) => {
  const talkative = await startFunction(t, { 'index.js': "console.log('init'); exports.handler = async (event) => console.log(event)" });
  await talkative.invoke('"one"');
  await talkative.invoke('"two"');
  assert.match(await talkative.logLine(/init$/), /\tundefined\tINFO\tinit$/);
  assert.match(await talkative.logLine(/one$/), /\trequest-1\tINFO\tone$/);
  assert.match(await talkative.logLine(/two$/), /\trequest-2\tINFO\ttwo$/);
});

test('A message of several lines stays one record', { timeout }, async (t) => {
  const talkative = await startFunction(t, { 'index.js': "exports.handler = async () => console.log('a\\nb\\nc')" });
  await talkative.invoke();
  assert.match(await talkative.logLine(/INFO/), /\tINFO\ta\rb\rc$/);
});

test('Everything printed is written before the answer', { timeout }, async (t) => {
  // Far more than a pipe holds, so that most of it waits in the function's process when the handler returns.
  const code = "exports.handler = async () => { for (let i = 0; i < 800; i++) console.log('x'.repeat(10_000)); console.log('last') }";
  const talkative = await startFunction(t, { 'index.js': code });
  await talkative.invoke();
  assert.ok(talkative.stdout.length > 7_000_000, `only ${talkative.stdout.length} characters had arrived`);
  await talkative.logLine(/last$/);
});

test('Console lines are JSON where that is the log format', { timeout }, async (t) => {
  const code = `exports.handler = async () => {
    console.debug('left out');
    console.log({ a: 1 });
    console.log('%s!', 'hi', new RangeError('far'));
    console.error(new RangeError('far'));
    const round = {}; round.self = round;
    console.log(round);
    throw Object.assign(new TypeError('bad'), { code: 7 });
  }`;
  const talkative = await startFunction(t, { 'index.js': code }, { env: { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: 'INFO' } });
  await talkative.invoke({}, { 'Lambda-Runtime-Aws-Tenant-Id': 'blue' });
  await talkative.logLine(/"bad"/);
  const records = talkative.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  for (const { timestamp, requestId, tenantId } of records) {
    assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual([requestId, tenantId], ['request-1', 'blue']);
  }
  const [plain, formatted, error, round, thrown] = records;
  assert.deepEqual([plain.level, plain.message], ['INFO', { a: 1 }]);
  assert.match(formatted.message, /^hi! RangeError: far\n/);
  assert.deepEqual([formatted.errorType, formatted.errorMessage, formatted.stackTrace[0]], ['RangeError', 'far', 'RangeError: far']);
  assert.deepEqual([error.level, error.message.errorType, error.message.errorMessage], ['ERROR', 'RangeError', 'far']);
  assert.match(round.message, /Circular/);
  assert.deepEqual([thrown.level, thrown.message.errorType, thrown.message.code], ['ERROR', 'TypeError', 7]);
});
