import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFunction } from './function-process.mjs';

const timeout = 20_000;
const TRACE = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

test('The context holds what AWS documents', { timeout }, async (t) => {
  const code = 'exports.handler = async (event, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() })';
  const { body } = await (await startFunction(t, { 'index.js': code })).invoke({}, {
    'Lambda-Runtime-Client-Context': '{"custom":{"a":"b"}}',
    'Lambda-Runtime-Cognito-Identity': '{"cognitoIdentityId":"id","cognitoIdentityPoolId":"pool"}',
  });
  const { remaining, ...context } = body;
  assert.ok(remaining > 0 && remaining <= 60_000);
  assert.deepEqual(context, {
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'greeter',
    functionVersion: '$LATEST',
    memoryLimitInMB: '128',
    logGroupName: '/aws/lambda/greeter',
    logStreamName: '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
    awsRequestId: 'request-1',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:greeter',
    clientContext: { custom: { a: 'b' } },
    identity: { cognitoIdentityId: 'id', cognitoIdentityPoolId: 'pool' },
  });
});

test('The trace header is there during its invocation only', { timeout }, async (t) => {
  const code = `const duringInit = process.env._X_AMZN_TRACE_ID ?? 'unset';
    exports.handler = async () => ({ duringInit, now: process.env._X_AMZN_TRACE_ID ?? 'unset' });`;
  const traced = await startFunction(t, { 'index.js': code }, { env: { _X_AMZN_TRACE_ID: 'of someone else' } });
  assert.deepEqual((await traced.invoke({}, { 'Lambda-Runtime-Trace-Id': TRACE })).body, { duringInit: 'unset', now: TRACE });
  assert.deepEqual((await traced.invoke({})).body, { duringInit: 'unset', now: 'unset' });
});

test('What a traced handler has begun to send at its end leaves before the next event is asked for', { timeout }, async (t) => {
  // The X-Ray SDK makes a socket for each of its datagrams.
  const code = `const { createSocket } = require('node:dgram');
    const { Socket } = require('node:net');
    const done = [];
    const { write } = Socket.prototype;
    Socket.prototype.write = function (text, ...others) {
      if (String(text).includes('/invocation/next')) done.push('next');
      return write.call(this, text, ...others);
    };
    exports.handler = async () => {
      const before = done.splice(0);
      const socket = createSocket('udp4');
      socket.send('a subsegment', 9, '127.0.0.1', () => {
        done.push('sent');
        socket.close();
      });
      return before;
    };`;
  const sender = await startFunction(t, { 'index.js': code });
  await sender.invoke({}, { 'Lambda-Runtime-Trace-Id': TRACE });
  assert.deepEqual((await sender.invoke()).body, ['sent', 'next']);
});

test('An environment is reused, over one connection', { timeout }, async (t) => {
  const counter = await startFunction(t, { 'index.js': 'let count = 0; exports.handler = async () => ++count' });
  const answers = [await counter.invoke(), await counter.invoke(), await counter.invoke()];
  assert.deepEqual(answers.map(({ body }) => body), [1, 2, 3]);
  assert.equal(new Set(answers.map(({ port }) => port)).size, 1);
});

test('The attempt that an invocation belongs to is echoed', { timeout }, async (t) => {
  const echo = await startFunction(t, { 'index.js': 'exports.handler = async (event) => { if (event.fail) throw 1 }' });
  const { headers } = await echo.invoke({}, { 'Lambda-Runtime-Invocation-Id': 'attempt-a' });
  assert.equal(headers['lambda-runtime-invocation-id'], 'attempt-a');
  const failed = await echo.invoke({ fail: true }, { 'Lambda-Runtime-Invocation-Id': 'attempt-b' });
  assert.equal(failed.headers['lambda-runtime-invocation-id'], 'attempt-b');
});

test('An answer finds its way when the server closed the idle connection', { timeout }, async (t) => {
  const code = `exports.handler = async () => {
    console.log('running');
    await new Promise((resolve) => process.stdin.once('data', resolve));
    return 'answered';
  }`;
  const slow = await startFunction(t, { 'index.js': code });
  const answer = slow.invoke();
  await slow.logLine(/running/);
  slow.api.closeIdleConnections();
  slow.stdin.write('go on');
  assert.equal((await answer).body, 'answered');
});

test('The next event arrives although the server closed the connection after an answer', { timeout }, async (t) => {
  const echo = await startFunction(t, { 'index.js': 'exports.handler = async (event) => event' });
  echo.api.closesAfterAnswer = true;
  const first = await echo.invoke(1);
  const second = await echo.invoke(2);
  assert.deepEqual([first.body, second.body], [1, 2]);
  assert.notEqual(first.port, second.port);
});

test('A result that the platform refuses is noted, and the next event taken', { timeout }, async (t) => {
  const echo = await startFunction(t, { 'index.js': 'exports.handler = async (event) => event' });
  echo.api.answerStatus = 413;
  await echo.invoke(1);
  assert.equal((await echo.invoke(2)).body, 2);
  await echo.complaint(/^The Runtime API answered 413 to \/invocation\/request-1\/response: /);
});

test('The process ends when the Runtime API is gone', { timeout }, async (t) => {
  const orphan = await startFunction(t, { 'index.js': 'exports.handler = async (event) => event' });
  await orphan.invoke(1);
  orphan.api.stop();
  assert.equal(await orphan.exitCode, 129);
  assert.match(orphan.stdout, /ECONNREFUSED/);
});

test('The InvokeStore holds what belongs to the invocation', { timeout }, async (t) => {
  const code = `exports.handler = async () => {
    const { InvokeStore } = globalThis.awslambda;
    InvokeStore.set('own', 1);
    const refused = (() => { try { InvokeStore.set(InvokeStore.PROTECTED_KEYS.REQUEST_ID, 1); } catch (error) { return error.message; } })();
    return [InvokeStore.getRequestId(), InvokeStore.getXRayTraceId(), InvokeStore.getTenantId(), InvokeStore.get('own'), refused];
  }`;
  const { body } = await (await startFunction(t, { 'index.js': code })).invoke({}, { 'Lambda-Runtime-Trace-Id': TRACE, 'Lambda-Runtime-Aws-Tenant-Id': 'blue' });
  assert.deepEqual(body, ['request-1', TRACE, 'blue', 1, 'Cannot modify protected Lambda context field: Symbol(_AWS_LAMBDA_REQUEST_ID)']);
});
