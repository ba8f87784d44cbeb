'use strict';

const { finished } = require('node:stream/promises');
const { Completion } = require('./completion.cjs');
const { logError } = require('./console-lines.cjs');
const { createContext } = require('./context.cjs');
const { NEVER_SETTLED } = require('./handler-run.cjs');
const { ResponseStream } = require('./response-stream.cjs');
const { NodeJsExit } = require('./runtime-errors.cjs');

/**
 * Runs a handler that streams its response ("Response streaming for Lambda functions").
 * @returns {Promise<{ streamed: true } | { error: unknown }>} an error only as long as nothing was sent: later ones end what was
 */
async function runStreamingHandler(handler, { highWaterMark }, invocation, api, faults) {
  const begin = (contentType) => {
    const answer = api.beginAnswer(invocation, contentType);
    faults.report = (error) => answer.fail(error);
    return answer;
  };
  const stream = new ResponseStream(begin, highWaterMark);
  const outcome = await new Promise((settle) => call(handler, stream, invocation, settle));
  if (!('error' in outcome)) return { streamed: true };
  logError('Invoke Error', outcome.error);
  if (!stream.hasBegun) return outcome;
  await stream.fail(outcome.error);
  return { streamed: true };
}

function call(handler, stream, invocation, settle) {
  const completion = new Completion(settle, { error: new NodeJsExit(NEVER_SETTLED) });
  const sent = finished(stream);
  sent.catch((error) => completion.fail(error));
  try {
    const returned = handler(JSON.parse(invocation.event), stream, createContext(invocation, completion));
    if (typeof returned?.then !== 'function') throw new Error('Streaming does not support non-async handlers.');
    returned.then(async (result) => {
      if (result !== undefined) console.warn('Streaming handlers ignore return values.');
      await sent;
      completion.succeed();
    }).catch((error) => completion.fail(error));
  } catch (error) {
    completion.fail(error);
  }
}

module.exports = { runStreamingHandler };
