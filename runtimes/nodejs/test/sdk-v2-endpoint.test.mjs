import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFunction } from './function-process.mjs';

const timeout = 20_000;
const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };

// The SDK's own order: the loader for Node.js resets the configuration that the core holds, then clients are made from it.
const SDK = {
  'node_modules/aws-sdk/package.json': '{"name":"aws-sdk","main":"lib/aws.js"}',
  'node_modules/aws-sdk/lib/core.js': 'const AWS = module.exports = {}; AWS.reset = () => (AWS.config = { update(changes) { Object.assign(this, changes) } });',
  'node_modules/aws-sdk/lib/node_loader.js': "require('./core').reset();",
  'node_modules/aws-sdk/lib/aws.js': "require('./node_loader'); module.exports = require('./core');",
  'node_modules/aws-sdk/clients/s3.js': "require('../lib/node_loader'); module.exports = class { config = require('../lib/core').config };",
};

const loadings = [
  ['required', { 'index.js': "const AWS = require('aws-sdk'); exports.handler = async () => AWS.config;" }],
  ['required by single clients', { 'index.js': "const S3 = require('aws-sdk/clients/s3'); exports.handler = async () => new S3().config;" }],
  ['imported', { 'index.mjs': "import AWS from 'aws-sdk'; export const handler = async () => AWS.config;" }],
  ['imported by single clients', { 'index.mjs': "import S3 from 'aws-sdk/clients/s3.js'; export const handler = async () => new S3().config;" }],
];

for (const [how, files] of loadings) {
  test(`The AWS SDK v2 follows AWS_ENDPOINT_URL when ${how}`, { timeout }, async (t) => {
    const { body } = await (await startFunction(t, { ...SDK, ...files }, { env })).invoke();
    assert.deepEqual(body, { endpoint: 'http://127.0.0.1:4566', s3ForcePathStyle: true });
  });
}

test('The function has the last word on the endpoint', { timeout }, async (t) => {
  const code = "const AWS = require('aws-sdk'); AWS.config.update({ endpoint: 'http://other' }); exports.handler = async () => AWS.config.endpoint;";
  assert.equal((await (await startFunction(t, { ...SDK, 'index.js': code }, { env })).invoke()).body, 'http://other');
});

test('The AWS SDK v2 is left alone without AWS_ENDPOINT_URL', { timeout }, async (t) => {
  const code = "const AWS = require('aws-sdk'); exports.handler = async () => AWS.config;";
  assert.deepEqual((await (await startFunction(t, { ...SDK, 'index.js': code })).invoke()).body, {});
});
