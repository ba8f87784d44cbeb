// The Node.js runtime of Lambray. It meets the platform only by environment variables, standard output and the Runtime API.
//
//   1. a pre-started runtime waits until it is given its function
//   2. prepare the process: console, faults, the global `awslambda`, SDK
//   3. init phase: load the function's handler
//   4. invoke phase: take an event, run the handler, answer; for ever
import { offerAwslambda, streamingOf } from './awslambda.mjs';
import { log, writeConsoleLinesAsLambda } from './console-lines.mjs';
import { Faults } from './faults.mjs';
import { loadHandler } from './handler-loading.mjs';
import { runHandler } from './handler-run.mjs';
import { rememberInvocation } from './invoke-store.mjs';
import { RuntimeApi } from './runtime-api.mjs';
import { pointSdkV2AtEndpoint } from './sdk-v2-endpoint.mjs';
import { pendingOutputIsWritten } from './standard-output.mjs';

const api = new RuntimeApi(process.env.AWS_LAMBDA_RUNTIME_API);
const faults = new Faults();

// 1.
if (process.env._LAMBRAY_PRESTART) await (await import('./prestart.mjs')).becomeFunction(api);

// 2.
const { AWS_ENDPOINT_URL, LAMBDA_TASK_ROOT, _HANDLER } = process.env;
writeConsoleLinesAsLambda();
faults.watch();
offerAwslambda();
pointSdkV2AtEndpoint(AWS_ENDPOINT_URL);

// 3. A trace header belongs to an invocation; code that runs during init sees none.
setTraceHeader(undefined);
faults.report = (error) => api.reportInitError(error);
const handler = await loadHandler(LAMBDA_TASK_ROOT, _HANDLER).catch((error) => faults.endProcess(error));
await faults.surface();
faults.report = undefined;
const run = await runOf(handler);

// 4. The answer and the request for the next event travel in one packet, which saves a round trip per invocation.
for (let invocation = await api.next(); ;) {
  log.requestId = invocation.requestId;
  log.tenantId = invocation.tenantId;
  rememberInvocation(invocation);
  setTraceHeader(invocation.traceHeader);
  faults.report = (error) => api.answer(invocation, { error });
  const outcome = await run(invocation);
  await pendingOutputIsWritten();
  faults.report = undefined;
  [, invocation] = await Promise.all([api.answer(invocation, outcome), api.next()]);
}

/** How this handler is run for an invocation. */
async function runOf(handler) {
  const streaming = streamingOf(handler);
  if (!streaming) return (invocation) => runHandler(handler, invocation);
  const { runStreamingHandler } = await import('./streaming-run.mjs');
  return (invocation) => runStreamingHandler(handler, streaming, invocation, api, faults);
}

/** @param {string | undefined} header where AWS SDKs and the X-Ray SDK look for the trace they take part in */
function setTraceHeader(header) {
  if (header) process.env._X_AMZN_TRACE_ID = header;
  else delete process.env._X_AMZN_TRACE_ID;
}
