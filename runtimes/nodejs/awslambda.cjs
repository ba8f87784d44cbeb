'use strict';

const { InvokeStore } = require('./invoke-store.cjs');
const { MalformedStreamingHandler } = require('./runtime-errors.cjs');

// What AWS's runtime and the frameworks around it go by.
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');
const STREAM_RESPONSE = 'response';

const HTTP_INTEGRATION = 'application/vnd.awslambda.http-integration-response';
const PRELUDE_END = new Uint8Array(8);

/** Gives functions the global `awslambda`, by which they stream responses and AWS's libraries find the running invocation. */
function offerAwslambda() {
  if (['1', 'true'].includes(process.env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA)) return;
  globalThis.awslambda = { ...globalThis.awslambda, streamifyResponse, HttpResponseStream, InvokeStore };
}

/** @returns {{ highWaterMark?: number } | undefined} how a handler wants to stream its response; undefined if it returns one */
function streamingOf(handler) {
  if (!handler[STREAMING]) return undefined;
  if (handler[STREAMING] === STREAM_RESPONSE) return { highWaterMark: Number(handler[HIGH_WATER_MARK]) || undefined };
  throw new MalformedStreamingHandler('Only response streaming is supported.');
}

/** Marks a handler `(event, responseStream, context)`. */
function streamifyResponse(handler, options) {
  handler[STREAMING] = STREAM_RESPONSE;
  if (typeof options?.highWaterMark === 'number') handler[HIGH_WATER_MARK] = Math.trunc(options.highWaterMark);
  return handler;
}

/** The form of a stream in which a function URL or an API expects status and headers before the body. */
class HttpResponseStream {
  static from(stream, prelude) {
    stream.setContentType(HTTP_INTEGRATION);
    const text = JSON.stringify(prelude);
    stream._onBeforeFirstWrite = (write) => {
      write(text);
      write(PRELUDE_END);
    };
    return stream;
  }
}

module.exports = { offerAwslambda, streamingOf };
