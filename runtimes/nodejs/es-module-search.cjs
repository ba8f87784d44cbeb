'use strict';

const { register } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

/** Lets ES modules find packages in the folders of NODE_PATH too, which Node.js offers to CommonJS only. AWS's runtime does the same. */
function followNodePath() {
  const parents = (process.env.NODE_PATH ?? '').split(':')
    .filter((folder) => path.basename(folder) === 'node_modules')
    .map((folder) => pathToFileURL(path.join(path.dirname(folder), 'any')).href);
  register(pathToFileURL(path.join(__dirname, 'es-module-search-hooks.mjs')), { data: parents });
}

module.exports = { followNodePath };
