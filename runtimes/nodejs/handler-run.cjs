'use strict';

const { types } = require('node:util');
const { Completion } = require('./completion.cjs');
const { logError } = require('./console-lines.cjs');
const { createContext } = require('./context.cjs');
const { JSONStringifyError, NodeJsExit } = require('./runtime-errors.cjs');

const NEVER_SETTLED =
  'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. ' +
  'For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes';

/**
 * Runs the handler for one invocation.
 * @returns {Promise<{ body: string } | { error: unknown }>} what the platform is to be told; a failing handler never rejects
 */
async function runHandler(handler, invocation) {
  const outcome = withBody(await new Promise((settle) => call(handler, invocation, settle)));
  if ('error' in outcome) logError('Invoke Error', outcome.error);
  return outcome;
}

function call(handler, invocation, settle) {
  // A handler that takes a callback and forgets it answers null, as in AWS; an async one that hangs has failed.
  const forgotten = types.isAsyncFunction(handler) ? { error: new NodeJsExit(NEVER_SETTLED) } : { result: null };
  const completion = new Completion(settle, forgotten);
  try {
    const context = createContext(invocation, completion);
    const returned = handler(JSON.parse(invocation.event), context, (error, result) => completion.callback(error, result));
    if (typeof returned?.then === 'function') {
      returned.then((result) => completion.succeed(result), (error) => completion.fail(error));
    }
  } catch (error) {
    completion.fail(error);
  }
}

function withBody(outcome) {
  if ('error' in outcome) return outcome;
  try {
    return { body: JSON.stringify(outcome.result) ?? 'null' };
  } catch {
    return { error: new JSONStringifyError('Unable to stringify response body') };
  }
}

module.exports = { NEVER_SETTLED, runHandler };
