import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFunction } from './function-process.mjs';

const timeout = 20_000;

async function prestarted(t, files) {
  const waiting = await startFunction(t, files, { prestarted: true });
  waiting.api.becomeFunction(waiting.variables);
  return waiting;
}

test('A pre-started runtime becomes what it would have been', { timeout }, async (t) => {
  const code = "exports.handler = async () => ({ cwd: process.cwd(), env: process.env, hours: new Date(0).getHours(), own: require('own') });";
  const files = { 'index.js': code, 'packages/own/index.js': 'module.exports = "found"' };
  const waiting = await startFunction(t, files, { prestarted: true });
  const variables = { ...waiting.variables, TZ: 'Asia/Tokyo', OWN: 'mine\nü', NODE_PATH: `${waiting.taskRoot}/packages` };
  waiting.api.becomeFunction(variables);
  const { body } = await waiting.invoke();
  assert.deepEqual(body, { cwd: waiting.taskRoot, env: variables, hours: 9, own: 'found' });
});

test('A pre-started runtime answers over the connection that brought its function', { timeout }, async (t) => {
  const echo = await prestarted(t, { 'index.mjs': 'export const handler = async (event) => { console.log("here"); return event; }' });
  const answers = [await echo.invoke(1), await echo.invoke(2)];
  assert.deepEqual(answers.map(({ body }) => body), [1, 2]);
  assert.equal(new Set(answers.map(({ port }) => port)).size, 1);
  await echo.logLine(/^\S+Z\trequest-1\tINFO\there$/);
});

test('A pre-started runtime ends quietly when no function comes', { timeout }, async (t) => {
  const waiting = await startFunction(t, {}, { prestarted: true });
  waiting.api.becomeFunction(undefined);
  assert.deepEqual([await waiting.exitCode, waiting.stdout, waiting.stderr], [0, '', '']);
});
