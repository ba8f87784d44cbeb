'use strict';

const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { streamingOf } = require('./awslambda.cjs');
const { CallbackHandlerDeprecated, HandlerNotFound, ImportModuleError, MalformedHandlerName, UserCodeSyntaxError } = require('./runtime-errors.cjs');

const NO_CALLBACKS =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function ' +
  'to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';

/**
 * Loads the function that a handler name such as `src/app.handler` or `index.api.get` stands for: a file below the task root,
 * up to the first dot, and the way from its exports to the function.
 */
async function loadHandler(taskRoot, handlerName) {
  const { file, exportPath } = parseHandlerName(handlerName);
  const exported = await loadModule(taskRoot, file);
  const handler = exportPath.reduce((value, name) => value?.[name], exported);
  if (handler === undefined || handler === null) throw new HandlerNotFound(`${handlerName} is undefined or not exported`);
  if (typeof handler !== 'function') throw new HandlerNotFound(`${handlerName} is not a function`);
  if (handler.length >= 3 && !streamingOf(handler) && !allowsCallbacks()) throw new CallbackHandlerDeprecated(NO_CALLBACKS);
  return handler;
}

function allowsCallbacks() {
  const [, version] = /^AWS_Lambda_nodejs(\d+)\.x$/.exec(process.env.AWS_EXECUTION_ENV) ?? [];
  return version === undefined || Number(version) < 24;
}

function parseHandlerName(handlerName) {
  if (handlerName.includes('..')) {
    throw new MalformedHandlerName(
      `'${handlerName}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
  }
  const { dir, base } = path.posix.parse(handlerName);
  const [fileName, ...exportPath] = base.split('.');
  if (exportPath.length === 0) throw new MalformedHandlerName('Bad handler');
  return { file: path.join(dir, fileName), exportPath };
}

async function loadModule(taskRoot, file) {
  const { name, load } = findModule(path.resolve(taskRoot, file)) ?? { name: file, load: requireFrom(taskRoot) };
  try {
    return await load(name);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UserCodeSyntaxError(error, { cause: error });
    if (error?.code === 'MODULE_NOT_FOUND') throw new ImportModuleError(error, { cause: error });
    throw error;
  }
}

// The order in which AWS's runtime looks. CommonJS is required rather than imported: its errors then tell the require stack.
function findModule(base) {
  const isModulePackage = typeOfNearestPackage(path.dirname(base)) === 'module';
  return [
    { name: `${base}.js`, load: isModulePackage ? importModule : require },
    { name: `${base}.mjs`, load: importModule },
    { name: `${base}.cjs`, load: require },
    { name: base, load: require }, // a folder with an index.js, or a file without extension
  ].find(({ name }) => existsSync(name));
}

async function importModule(file) {
  // Only plain processes lack the folder that leads ES modules to the packages of layers and runtime.
  if (!existsSync('/node_modules')) require('./es-module-search.cjs').followNodePath();
  return import(pathToFileURL(file));
}

// Handlers may live in a package, found as Node.js finds packages.
function requireFrom(taskRoot) {
  return (name) => require(require.resolve(name, { paths: [taskRoot] }));
}

function typeOfNearestPackage(directory) {
  const manifest = path.join(directory, 'package.json');
  if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).type;
  const parent = path.dirname(directory);
  return parent === directory || path.basename(directory) === 'node_modules' ? undefined : typeOfNearestPackage(parent);
}

module.exports = { loadHandler };
