'use strict';

// The Node.js runtime of Lambray. It meets the platform only by environment variables, standard output and the Runtime API.
//
//   1. a pre-started runtime waits until it is given its function
//   2. prepare the process: console, faults, the global `awslambda`, SDK
//   3. init phase: load the function's handler
//   4. invoke phase: take an event, run the handler, answer; for ever
//
// It is CommonJS, and loads what few functions need only when they do: as ES modules its files took 10 ms more of each cold start.
const { setImmediate } = require('node:timers/promises');
const { offerAwslambda, streamingOf } = require('./awslambda.cjs');
const { log, writeConsoleLinesAsLambda } = require('./console-lines.cjs');
const { Faults } = require('./faults.cjs');
const { loadHandler } = require('./handler-loading.cjs');
const { runHandler } = require('./handler-run.cjs');
const { rememberInvocation } = require('./invoke-store.cjs');
const { RuntimeApi } = require('./runtime-api.cjs');
const { pointSdkV2AtEndpoint } = require('./sdk-v2-endpoint.cjs');
const { pendingOutputIsWritten } = require('./standard-output.cjs');

const api = new RuntimeApi(process.env.AWS_LAMBDA_RUNTIME_API);
const faults = new Faults();

run().catch((error) => faults.endProcess(error));

async function run() {
  // 1.
  if (process.env._LAMBRAY_PRESTART) await require('./prestart.cjs').becomeFunction(api);

  // 2.
  writeConsoleLinesAsLambda();
  faults.watch();
  offerAwslambda();
  pointSdkV2AtEndpoint(process.env.AWS_ENDPOINT_URL);

  // 3. A trace header belongs to an invocation; code that runs during init sees none.
  setTraceHeader(undefined);
  faults.report = (error) => api.reportInitError(error);
  const handler = await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
  await faults.surface();
  faults.report = undefined;
  const runOnce = runOf(handler);

  // 4. The answer and the request for the next event travel in one packet, which saves a round trip per invocation.
  for (let invocation = await api.next(); ;) {
    log.requestId = invocation.requestId;
    log.tenantId = invocation.tenantId;
    rememberInvocation(invocation);
    setTraceHeader(invocation.traceHeader);
    faults.report = (error) => api.answer(invocation, { error });
    const outcome = await runOnce(invocation);
    await pendingOutputIsWritten();
    faults.report = undefined;
    [, invocation] = await Promise.all([api.answer(invocation, outcome), nextAfter(invocation)]);
  }
}

/**
 * Who asks for an event may be frozen, and an X-Ray SDK that a traced handler uses has only begun to send its last subsegment when the
 * handler ends: it leaves within the same turn of the event loop.
 */
async function nextAfter({ traceHeader }) {
  if (traceHeader?.includes('Sampled=1')) await setImmediate();
  return api.next();
}

/** How this handler is run for an invocation. */
function runOf(handler) {
  const streaming = streamingOf(handler);
  if (!streaming) return (invocation) => runHandler(handler, invocation);
  const { runStreamingHandler } = require('./streaming-run.cjs');
  return (invocation) => runStreamingHandler(handler, streaming, invocation, api, faults);
}

/** @param {string | undefined} header where AWS SDKs and the X-Ray SDK look for the trace they take part in */
function setTraceHeader(header) {
  if (header) process.env._X_AMZN_TRACE_ID = header;
  else delete process.env._X_AMZN_TRACE_ID;
}
