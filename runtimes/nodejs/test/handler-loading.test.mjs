import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFunction } from './function-process.mjs';

const timeout = 20_000;
const ESM = 'const ready = await Promise.resolve("ready"); export const handler = async () => ready;';

const loadable = [
  ['an ES module by its extension', { 'index.mjs': ESM }, 'index.handler'],
  ['an ES module by the package type', { 'index.js': ESM, 'package.json': '{"type":"module"}' }, 'index.handler'],
  ['an ES module by the package type of a parent folder', { 'src/app.js': ESM, 'package.json': '{"type":"module"}' }, 'src/app.handler'],
  ['a CommonJS file in a module package', { 'index.cjs': 'exports.handler = async () => "ready"', 'package.json': '{"type":"module"}' }, 'index.handler'],
  ['a file in a folder', { 'src/app.js': 'exports.handler = async () => "ready"' }, 'src/app.handler'],
  ['a folder', { 'app/index.js': 'exports.handler = async () => "ready"' }, 'app.handler'],
  ['a nested export', { 'index.js': 'exports.api = { get: { handler: async () => "ready" } }' }, 'index.api.get.handler'],
  ['a default export', { 'index.mjs': 'export default async () => "ready"' }, 'index.default'],
  ['a package', { 'node_modules/greeter/index.js': 'exports.handler = async () => "ready"' }, 'greeter.handler'],
];

for (const [what, files, handler] of loadable) {
  test(`Loads ${what}`, { timeout }, async (t) => {
    const { body } = await (await startFunction(t, files, { handler })).invoke();
    assert.equal(body, 'ready');
  });
}

const refused = [
  ['a missing file', {}, 'index.handler', 'Runtime.ImportModuleError', /^Error: Cannot find module 'index'\nRequire stack:/],
  ['a missing dependency', { 'index.js': "require('absent')" }, 'index.handler', 'Runtime.ImportModuleError', /^Error: Cannot find module 'absent'\nRequire stack:/],
  ['a missing dependency of an ES module', { 'index.mjs': "import 'absent'" }, 'index.handler', 'Error', /^Cannot find package 'absent' imported from/],
  ['a missing export', { 'index.js': '' }, 'index.handler', 'Runtime.HandlerNotFound', /^index\.handler is undefined or not exported$/],
  ['a missing nested export', { 'index.js': '' }, 'index.a.b', 'Runtime.HandlerNotFound', /^index\.a\.b is undefined or not exported$/],
  ['an export that is no function', { 'index.js': 'exports.handler = 1' }, 'index.handler', 'Runtime.HandlerNotFound', /^index\.handler is not a function$/],
  ['code that cannot be parsed', { 'index.js': 'let = (' }, 'index.handler', 'Runtime.UserCodeSyntaxError', /^SyntaxError: /],
  ['a handler name without export', { 'index.js': '' }, 'index', 'Runtime.MalformedHandlerName', /^Bad handler$/],
  ['a handler name that climbs', {}, '../index.handler', 'Runtime.MalformedHandlerName', /^'\.\.\/index\.handler' is not a valid handler name\. /],
  ['code that throws', { 'index.js': "throw new TypeError('no luck')" }, 'index.handler', 'TypeError', /^no luck$/],
];

for (const [what, files, handler, errorType, errorMessage] of refused) {
  test(`Reports ${what} as init error and exits`, { timeout }, async (t) => {
    const broken = await startFunction(t, files, { handler });
    const { headers, body } = await broken.api.initError;
    assert.equal(body.errorType, errorType);
    assert.match(body.errorMessage, errorMessage);
    assert.equal(headers['lambda-runtime-function-error-type'], errorType);
    assert.equal(await broken.exitCode, 129);
    assert.match(broken.stdout, /^\S+Z\tundefined\tERROR\tUncaught Exception \t\{"errorType":/m);
  });
}

test('Reports a promise rejected during init and exits', { timeout }, async (t) => {
  const broken = await startFunction(t, { 'index.js': "Promise.reject(new Error('early'))\nexports.handler = async () => {}" });
  const { body } = await broken.api.initError;
  assert.deepEqual([body.errorType, body.errorMessage], ['Runtime.UnhandledPromiseRejection', 'Error: early']);
  assert.equal(await broken.exitCode, 128);
});

test('Refuses a handler with a callback from Node.js 24 on', { timeout }, async (t) => {
  const files = { 'index.js': 'exports.handler = (event, context, callback) => callback(null, 1)' };
  const modern = await startFunction(t, files, { env: { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' } });
  assert.equal((await modern.api.initError).body.errorType, 'Runtime.CallbackHandlerDeprecated');
  const classic = await startFunction(t, files, { env: { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' } });
  assert.equal((await classic.invoke()).body, 1);
});
