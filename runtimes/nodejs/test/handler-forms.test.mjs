import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFunction } from './function-process.mjs';

const timeout = 20_000;

async function answerOf(t, code, event) {
  const greeter = await startFunction(t, { 'index.js': code });
  return greeter.invoke(event);
}

async function resultOf(t, code, event) {
  const { kind, body } = await answerOf(t, code, event);
  assert.equal(kind, 'response');
  return body;
}

test('An async handler answers what it returns', { timeout }, async (t) => {
  assert.deepEqual(await resultOf(t, 'exports.handler = async (event) => ({ got: event.name })', { name: 'Zoë' }), { got: 'Zoë' });
});

test('A handler may return any thenable', { timeout }, async (t) => {
  assert.equal(await resultOf(t, 'exports.handler = () => ({ then: (resolve) => resolve(7) })'), 7);
});

test('A handler that returns nothing answers null', { timeout }, async (t) => {
  assert.equal(await resultOf(t, 'exports.handler = async () => {}'), null);
});

test('What a handler without promise or callback returns is ignored', { timeout }, async (t) => {
  assert.equal(await resultOf(t, 'exports.handler = () => 42'), null);
});

test('A callback answers its result', { timeout }, async (t) => {
  assert.equal(await resultOf(t, 'exports.handler = (event, context, callback) => callback(null, event.a + 1)', { a: 1 }), 2);
});

test('A callback waits until the event loop is empty', { timeout }, async (t) => {
  const code = `exports.handler = (event, context, callback) => {
    const result = { timerFired: false };
    setTimeout(() => (result.timerFired = true), 20);
    callback(null, result);
  }`;
  assert.deepEqual(await resultOf(t, code), { timerFired: true });
});

test('A callback answers at once when the function does not want to wait', { timeout }, async (t) => {
  const code = `exports.handler = (event, context, callback) => {
    context.callbackWaitsForEmptyEventLoop = false;
    setInterval(() => {}, 1000);
    callback(null, context.callbackWaitsForEmptyEventLoop);
  }`;
  assert.equal(await resultOf(t, code), false);
});

test('The first result counts', { timeout }, async (t) => {
  const code = `exports.handler = async (event, context) => {
    context.succeed('first');
    return 'second';
  }`;
  assert.equal(await resultOf(t, code), 'first');
});

for (const [verb, call] of [['succeed', "context.succeed('ok')"], ['done', "context.done(null, 'ok')"]]) {
  test(`context.${verb} answers without waiting for the event loop`, { timeout }, async (t) => {
    assert.equal(await resultOf(t, `exports.handler = (event, context) => { setInterval(() => {}, 1000); ${call}; }`), 'ok');
  });
}

test('context.fail answers an error', { timeout }, async (t) => {
  const { kind, body } = await answerOf(t, "exports.handler = (event, context) => context.fail(new RangeError('too far'))");
  assert.equal(kind, 'error');
  assert.deepEqual([body.errorType, body.errorMessage], ['RangeError', 'too far']);
});

test('A large result arrives whole', { timeout }, async (t) => {
  const body = await resultOf(t, "exports.handler = async (event) => event.text + 'é'.repeat(2_000_000)", { text: 'x'.repeat(1_000_000) });
  assert.equal(body, 'x'.repeat(1_000_000) + 'é'.repeat(2_000_000));
});
