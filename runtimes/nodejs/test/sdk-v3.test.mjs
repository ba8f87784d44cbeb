import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startFunction } from './function-process.mjs';

const timeout = 30_000;
const packages = Object.keys(JSON.parse(readFileSync(new URL('../package.json', import.meta.url))).dependencies);
const env = { NODE_PATH: `/opt/nodejs/node_modules:${fileURLToPath(new URL('../node_modules', import.meta.url))}` };

test('CommonJS functions find every package that the runtime brings', { timeout }, async (t) => {
  const code = `const names = ${JSON.stringify(packages)}; exports.handler = async () => names.filter((name) => Object.keys(require(name)).length === 0);`;
  assert.deepEqual((await (await startFunction(t, { 'index.js': code }, { env })).invoke()).body, []);
});

test('ES modules find every package that the runtime brings', { timeout }, async (t) => {
  const code = `import { S3Client } from '@aws-sdk/client-s3';
    const names = ${JSON.stringify(packages)};
    export const handler = async () => {
      for (const name of names) await import(name);
      return new S3Client({ region: 'us-east-1' }).constructor.name;
    };`;
  assert.equal((await (await startFunction(t, { 'index.mjs': code }, { env })).invoke()).body, 'S3Client');
});

test('Packages of the function come first', { timeout }, async (t) => {
  const own = { 'node_modules/@aws-sdk/client-s3/index.js': 'exports.own = true' };
  const code = "import s3 from '@aws-sdk/client-s3'; export const handler = async () => s3.own;";
  assert.equal((await (await startFunction(t, { ...own, 'index.mjs': code }, { env })).invoke()).body, true);
});

test('Packages that are nowhere are missed as without the runtime', { timeout }, async (t) => {
  const broken = await startFunction(t, { 'index.mjs': "import 'absent'" }, { env });
  assert.match((await broken.api.initError).body.errorMessage, /^Cannot find package 'absent' imported from .*index\.mjs$/);
});
