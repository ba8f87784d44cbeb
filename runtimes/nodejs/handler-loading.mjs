import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { HandlerNotFound, ImportModuleError, MalformedHandlerName, UserCodeSyntaxError } from './runtime-errors.mjs';

const require = createRequire(import.meta.url);

/**
 * Loads the function that a handler name such as `src/app.handler` or `index.api.get` stands for: a file below the task root,
 * up to the first dot, and the way from its exports to the function.
 */
export async function loadHandler(taskRoot, handlerName) {
  const { file, exportPath } = parseHandlerName(handlerName);
  const exported = await loadModule(taskRoot, file);
  const handler = exportPath.reduce((value, name) => value?.[name], exported);
  if (handler === undefined || handler === null) throw new HandlerNotFound(`${handlerName} is undefined or not exported`);
  if (typeof handler !== 'function') throw new HandlerNotFound(`${handlerName} is not a function`);
  return handler;
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
  const importFile = (file) => import(pathToFileURL(file));
  const isModulePackage = typeOfNearestPackage(path.dirname(base)) === 'module';
  return [
    { name: `${base}.js`, load: isModulePackage ? importFile : require },
    { name: `${base}.mjs`, load: importFile },
    { name: `${base}.cjs`, load: require },
  ].find(({ name }) => existsSync(name));
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
