import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { startFunction } from './function-process.mjs';

const timeout = 20_000;

async function failureOf(t, code, files = {}) {
  const failing = await startFunction(t, { 'index.js': code, ...files });
  const { kind, headers, body } = await failing.invoke();
  assert.equal(kind, 'error');
  return { failing, headers, body, cause: JSON.parse(headers['lambda-runtime-function-xray-error-cause']) };
}

test('An error is reported with type, message and trace', { timeout }, async (t) => {
  const { failing, headers, body } = await failureOf(t, "exports.handler = async function greet() { throw new RangeError('too far') }");
  assert.deepEqual([body.errorType, body.errorMessage, body.trace[0]], ['RangeError', 'too far', 'RangeError: too far']);
  assert.ok(body.trace[1].includes(path.join(failing.taskRoot, 'index.js:1:')));
  assert.equal(headers['lambda-runtime-function-error-type'], 'RangeError');
  assert.match(await failing.logLine(/Invoke Error/), /^\S+Z\trequest-1\tERROR\tInvoke Error \t\{"errorType":"RangeError","errorMessage":"too far",/);
});

test('X-Ray is told the cause, frame by frame', { timeout }, async (t) => {
  const { failing, cause } = await failureOf(t, "exports.handler = async () => greet();\nfunction greet() { throw new RangeError('too far') }");
  const file = path.join(failing.taskRoot, 'index.js');
  assert.equal(cause.working_directory, failing.taskRoot);
  assert.equal(cause.paths[0], file);
  assert.equal(cause.exceptions[0].type, 'RangeError');
  assert.equal(cause.exceptions[0].message, 'too far');
  assert.deepEqual(cause.exceptions[0].stack[0], { path: file, line: 2, label: 'greet' });
  assert.deepEqual([cause.exceptions[0].stack[1].path, cause.exceptions[0].stack[1].line], [file, 1]);
});

test('X-Ray is told the files of ES modules by path', { timeout }, async (t) => {
  const failing = await startFunction(t, { 'index.mjs': "export const handler = async () => { await null; throw new Error('no') }" });
  const { headers } = await failing.invoke();
  const { exceptions: [{ stack: [frame] }] } = JSON.parse(headers['lambda-runtime-function-xray-error-cause']);
  assert.deepEqual([frame.path, frame.line], [path.join(failing.taskRoot, 'index.mjs'), 1]);
});

test('A message of any characters and length leaves a legal header', { timeout }, async (t) => {
  const { headers, body, cause } = await failureOf(t, "exports.handler = async () => { throw new Error('é\\n\\u{1F600}'.repeat(40_000)) }");
  assert.equal(body.errorMessage, 'é\n\u{1F600}'.repeat(40_000));
  assert.match(headers['lambda-runtime-function-xray-error-cause'], /^[\x20-\x7e]{1,65536}$/);
  assert.ok(body.errorMessage.startsWith(cause.exceptions[0].message));
});

test('A deep stack is shortened to what a header may hold', { timeout }, async (t) => {
  const { headers, cause } = await failureOf(t, `Error.stackTraceLimit = Infinity;
    const dig = (depth) => { if (depth === 0) throw new Error('deep'); dig(depth - 1); };
    exports.handler = async () => dig(3000);`);
  assert.ok(headers['lambda-runtime-function-xray-error-cause'].length <= 65536);
  assert.ok(cause.exceptions[0].stack.length > 100);
});

const HOSTILE = {
  errorType: 'handled',
  errorMessage: 'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
  trace: [],
};
const thrown = [
  ['a string', "'plain'", { errorType: 'string', errorMessage: 'plain', trace: [] }],
  ['a number', '7', { errorType: 'number', errorMessage: '7', trace: [] }],
  ['an object', '({ a: 1 })', { errorType: 'object', errorMessage: '[object Object]', trace: [] }],
  ['nothing', 'undefined', { errorType: 'string', errorMessage: 'handled', trace: [] }],
  ['an object without prototype', 'Object.create(null)', HOSTILE],
  ['an error whose message throws', "Object.defineProperty(new Error(), 'message', { get() { throw new Error('trap') } })", HOSTILE],
  ['an error without stack', "Object.assign(new Error('bare'), { stack: undefined })", HOSTILE],
];

for (const [what, expression, expected] of thrown) {
  test(`Reports ${what} thrown, rejected and given to the callback alike`, { timeout }, async (t) => {
    const forms = [
      `exports.handler = () => { throw ${expression} }`,
      `exports.handler = () => Promise.reject(${expression})`,
      // A callback takes nothing for no error at all.
      ...(expression === 'undefined' ? [] : [`exports.handler = (event, context, callback) => callback(${expression})`]),
    ];
    for (const code of forms) assert.deepEqual((await failureOf(t, code)).body, expected);
  });
}

test('An error that holds itself is logged and reported', { timeout }, async (t) => {
  const { failing, body } = await failureOf(t, "exports.handler = async () => { const e = new Error('loop'); e.self = { e }; throw e }");
  assert.deepEqual([body.errorType, body.errorMessage], ['Error', 'loop']);
  assert.match(await failing.logLine(/Invoke Error/), /"errorMessage":"loop"/);
});

test('An error name with line breaks leaves a legal header', { timeout }, async (t) => {
  const { headers, body } = await failureOf(t, "exports.handler = async () => { throw Object.assign(new Error('x'), { name: 'A\\r\\nB: ü' }) }");
  assert.equal(body.errorType, 'A\r\nB: ü');
  assert.equal(headers['lambda-runtime-function-error-type'], 'A__B:__');
});

test('A result without JSON form is an error', { timeout }, async (t) => {
  for (const expression of ['(() => { const loop = {}; loop.loop = loop; return loop })()', '10n']) {
    const { body } = await failureOf(t, `exports.handler = async () => ${expression}`);
    assert.deepEqual([body.errorType, body.errorMessage], ['Runtime.JSONStringifyError', 'Unable to stringify response body']);
  }
});

test('An event that is no JSON is an error of its invocation', { timeout }, async (t) => {
  const echo = await startFunction(t, { 'index.js': 'exports.handler = async (event) => event' });
  assert.equal((await echo.invoke('{broken')).body.errorType, 'SyntaxError');
  assert.equal((await echo.invoke('1')).body, 1);
});

test('An async handler that can never end is an error', { timeout }, async (t) => {
  const { body } = await failureOf(t, 'exports.handler = async () => { await new Promise(() => {}) }');
  assert.equal(body.errorType, 'Runtime.NodeJsExit');
});

test('A failed invocation leaves the environment usable', { timeout }, async (t) => {
  const flaky = await startFunction(t, { 'index.js': "exports.handler = async ({ fail }) => { if (fail) throw new Error('once'); return 'fine' }" });
  assert.equal((await flaky.invoke({ fail: true })).kind, 'error');
  assert.equal((await flaky.invoke({})).body, 'fine');
});

test('An uncaught exception is reported under its own type and ends the process', { timeout }, async (t) => {
  const { failing, body } = await failureOf(t, "exports.handler = () => { setTimeout(() => { throw new RangeError('late') }, 1) }");
  assert.deepEqual([body.errorType, body.errorMessage], ['RangeError', 'late']);
  assert.equal(await failing.exitCode, 129);
  assert.match(failing.stdout, /\trequest-1\tERROR\tUncaught Exception \t\{"errorType":"RangeError"/);
});

test('An unhandled rejection is reported and ends the process', { timeout }, async (t) => {
  const { failing, body } = await failureOf(t, "exports.handler = async () => { Promise.reject(new RangeError('lost')); await new Promise((go) => setTimeout(go, 10_000)) }");
  assert.deepEqual([body.errorType, body.errorMessage], ['Runtime.UnhandledPromiseRejection', 'RangeError: lost']);
  assert.equal(await failing.exitCode, 128);
  assert.match(failing.stdout, /\tERROR\tUnhandled Promise Rejection \t.*"reason":\{"errorType":"RangeError"/);
});
