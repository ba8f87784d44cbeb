import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFunction } from './function-process.mjs';

const timeout = 20_000;

function answerOf(t, body, event) {
  const code = `const { pipeline } = require('node:stream/promises');
    const { Readable } = require('node:stream');
    exports.handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} });`;
  return startFunction(t, { 'index.js': code }).then((function_) => function_.invoke(event));
}

const errorOf = ({ trailers }) => ({
  type: trailers['lambda-runtime-function-error-type'],
  ...JSON.parse(Buffer.from(trailers['lambda-runtime-function-error-body'], 'base64').toString()),
});

test('A response is sent piece by piece', { timeout }, async (t) => {
  const { kind, headers, trailers, body } = await answerOf(t, `
    stream.setContentType('text/plain');
    stream.write('a');
    stream.write('');
    stream.write(Buffer.from('é'));
    stream.write({ b: 1 });
    stream.end('c');`);
  assert.deepEqual([kind, body, trailers], ['response', 'aé{"b":1}c', {}]);
  assert.equal(headers['lambda-runtime-function-response-mode'], 'streaming');
  assert.equal(headers['content-type'], 'text/plain');
  assert.equal(headers['transfer-encoding'], 'chunked');
  assert.equal(headers.trailer, 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body');
});

test('An HTTP response begins with its status and headers', { timeout }, async (t) => {
  const { headers, body } = await answerOf(t, `
    stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'X-Own': 'ü' } });
    await pipeline(Readable.from(['one', 'two']), stream);`);
  assert.equal(headers['content-type'], 'application/vnd.awslambda.http-integration-response');
  assert.equal(body, '{"statusCode":201,"headers":{"X-Own":"ü"}}\0\0\0\0\0\0\0\0onetwo');
});

test('The content type cannot be changed once something was written', { timeout }, async (t) => {
  const { trailers, body } = await answerOf(t, `
    stream.write('begun');
    try { stream.setContentType('text/plain'); } catch (error) { stream.write(error.name); }
    stream.end();`);
  assert.deepEqual([body, trailers], ['begunInvalidStreamingOperation', {}]);
});

const failures = [
  ['throws', "throw new RangeError('late');", 'RangeError', 'late'],
  ['pipes from a stream that breaks', "await pipeline(Readable.from((function* () { yield 'x'; throw new RangeError('broken') })()), stream);", 'RangeError', 'broken'],
  ['destroys the stream', "stream.destroy(new RangeError('enough'));", 'RangeError', 'enough'],
  ['forgets to end the stream', '', 'Runtime.NodeJsExit', /never settled/],
  ['hangs without anything to wait for', 'await new Promise(() => {});', 'Runtime.NodeJsExit', /never settled/],
];

for (const [what, code, type, message] of failures) {
  test(`A handler that ${what} ends what was sent with its error`, { timeout }, async (t) => {
    const answer = await answerOf(t, `stream.write('begun '); await new Promise(setImmediate); ${code}`);
    assert.match(answer.body, /^begun /);
    const { errorType, errorMessage } = errorOf(answer);
    assert.equal(errorType, type);
    if (message instanceof RegExp) assert.match(errorMessage, message);
    else assert.equal(errorMessage, message);
  });

  test(`A handler that ${what} before it wrote anything has failed`, { timeout }, async (t) => {
    if (what.startsWith('pipes')) return;
    const { kind, headers, body } = await answerOf(t, code);
    assert.deepEqual([kind, body.errorType, headers['lambda-runtime-function-response-mode']], ['error', type, undefined]);
  });
}

test('An uncaught error ends what was sent, then the process', { timeout }, async (t) => {
  const code = `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
    stream.write('begun');
    setImmediate(() => { throw new RangeError('uncaught'); });
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  });`;
  const crashing = await startFunction(t, { 'index.js': code });
  const answer = await crashing.invoke();
  assert.deepEqual([answer.body, errorOf(answer).errorMessage], ['begun', 'uncaught']);
  assert.equal(await crashing.exitCode, 129);
});

test('A streaming handler must be asynchronous', { timeout }, async (t) => {
  const code = 'exports.handler = awslambda.streamifyResponse((event, stream) => {});';
  const { body } = await (await startFunction(t, { 'index.js': code })).invoke();
  assert.equal(body.errorMessage, 'Streaming does not support non-async handlers.');
});

test('Streams follow each other over one connection', { timeout }, async (t) => {
  const code = "exports.handler = awslambda.streamifyResponse(async (event, stream) => { stream.write('x'.repeat(event)); stream.end(); return 1; });";
  const streaming = await startFunction(t, { 'index.js': code });
  const answers = [await streaming.invoke(2_000_000), await streaming.invoke(1)];
  assert.deepEqual(answers.map(({ body }) => body.length), [2_000_000, 1]);
  assert.equal(new Set(answers.map(({ port }) => port)).size, 1);
  await streaming.logLine(/\tWARN\tStreaming handlers ignore return values\.$/);
});
