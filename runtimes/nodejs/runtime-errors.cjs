'use strict';

// The errors that a Lambda runtime itself reports, with AWS's names. The name stands on the prototype because V8 writes
// the first line of a stack while the error is being constructed.
function runtimeError(name) {
  return class extends Error {
    static {
      this.prototype.name = `Runtime.${name}`;
    }
  };
}

/** `_HANDLER` does not name a file and an export. */
const MalformedHandlerName = runtimeError('MalformedHandlerName');
/** The function's file, or one that it requires, does not exist. */
const ImportModuleError = runtimeError('ImportModuleError');
/** The function's file was loaded but has no function under the handler's name. */
const HandlerNotFound = runtimeError('HandlerNotFound');
/** The function's code cannot be parsed. */
const UserCodeSyntaxError = runtimeError('UserCodeSyntaxError');
/** The handler asks for a way of streaming that there is not. */
const MalformedStreamingHandler = runtimeError('MalformedStreamingHandler');
/** The handler takes a callback, which Node.js functions no longer do since version 24. */
const CallbackHandlerDeprecated = runtimeError('CallbackHandlerDeprecated');
/** What the handler returned has no JSON form. */
const JSONStringifyError = runtimeError('JSONStringifyError');
/** An async handler can never end: nothing is left that could settle its promise. */
const NodeJsExit = runtimeError('NodeJsExit');

/** A promise was rejected and nobody was listening. */
class UnhandledPromiseRejection extends runtimeError('UnhandledPromiseRejection') {
  constructor(reason) {
    super(textOf(reason));
    this.reason = reason;
  }
}

function textOf(reason) {
  try {
    return String(reason);
  } catch {
    return 'a value that cannot be shown as text';
  }
}

module.exports = { MalformedHandlerName, ImportModuleError, HandlerNotFound, UserCodeSyntaxError, MalformedStreamingHandler, CallbackHandlerDeprecated, JSONStringifyError, NodeJsExit, UnhandledPromiseRejection };
