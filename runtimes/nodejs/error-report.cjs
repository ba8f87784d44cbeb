'use strict';

const { types } = require('node:util');

/** The body by which a runtime reports an error: `{ errorType, errorMessage, trace }`. */
function reportOf(error) {
  try {
    if (types.isNativeError(error) || looksLikeError(error)) {
      return { errorType: String(error.name), errorMessage: String(error.message), trace: error.stack.split('\n') };
    }
    return { errorType: typeof error, errorMessage: error.toString(), trace: [] };
  } catch {
    // Properties of an error may be getters that throw, or no text at all. AWS's runtime then answers with these words.
    return {
      errorType: 'handled',
      errorMessage: 'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
      trace: [],
    };
  }
}

/** The form in which an error follows its title in the log: a tab, then one line of JSON with the error's own properties too. */
function logTextOf(error) {
  try {
    return '\t' + JSON.stringify(error, (_key, value) => (value instanceof Error ? propertiesOf(value) : value));
  } catch {
    return '\t' + JSON.stringify(reportOf(error));
  }
}

// Errors of another realm (vm, worker) or of libraries that imitate them.
function looksLikeError(value) {
  return ['name', 'message', 'stack'].every((property) => typeof value?.[property] === 'string' && value[property] !== '');
}

function propertiesOf(error) {
  return { errorType: error.name, errorMessage: error.message, code: error.code, ...error, stack: error.stack.split('\n') };
}

module.exports = { reportOf, logTextOf };
