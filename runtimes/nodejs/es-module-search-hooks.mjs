// Runs in the thread in which Node.js resolves the names of ES modules.
let parents = [];

/** @param {string[]} urls modules beside the folders to search, from which packages are looked for */
export function initialize(urls) {
  parents = urls;
}

export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !isPackageName(specifier)) throw error;
    for (const parentURL of parents) {
      try {
        return await next(specifier, { ...context, parentURL });
      } catch (elsewhere) {
        if (elsewhere.code !== 'ERR_MODULE_NOT_FOUND') throw elsewhere;
      }
    }
    throw error;
  }
}

function isPackageName(specifier) {
  return !/^([./#]|[a-z]+:)/.test(specifier);
}
