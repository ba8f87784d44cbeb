'use strict';

const path = require('node:path');

const SDK_START = path.join('aws-sdk', 'lib', 'node_loader.js');

/**
 * Makes the AWS SDK for JavaScript v2 follow AWS_ENDPOINT_URL, which only v3 knows by itself. It is done while the function loads
 * the SDK, whole or by single clients; what the function configures itself comes later and wins.
 */
function pointSdkV2AtEndpoint(endpoint) {
  if (!endpoint) return;
  // ES modules that import the SDK, itself CommonJS, come by here too.
  const loadScript = require.extensions['.js'];
  require.extensions['.js'] = (module, file) => {
    loadScript(module, file);
    if (file.endsWith(SDK_START)) configure(module.require('./core'), endpoint);
  };
}

function configure(sdk, endpoint) {
  // Host names such as bucket.127.0.0.1 do not exist, so buckets are addressed by path.
  sdk.config.update({ endpoint, s3ForcePathStyle: true });
}

module.exports = { pointSdkV2AtEndpoint };
