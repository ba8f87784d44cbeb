import { register } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Lets ES modules find packages in the folders of NODE_PATH too, which Node.js offers to CommonJS only. AWS's runtime does the same. */
export function followNodePath() {
  const parents = (process.env.NODE_PATH ?? '').split(':')
    .filter((folder) => path.basename(folder) === 'node_modules')
    .map((folder) => pathToFileURL(path.join(path.dirname(folder), 'any')).href);
  register('./es-module-search-hooks.mjs', import.meta.url, { data: parents });
}
