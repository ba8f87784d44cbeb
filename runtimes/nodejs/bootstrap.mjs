// The Node.js runtime of Lambray. It meets the platform only by environment variables, standard output and the Runtime API.
//
//   1. prepare the process: console, faults, SDK
//   2. init phase: load the function's handler
//   3. invoke phase: take an event, run the handler, answer; for ever
import { log, writeConsoleLinesAsLambda } from './console-lines.mjs';
import { Faults } from './faults.mjs';
import { loadHandler } from './handler-loading.mjs';
import { runHandler } from './handler-run.mjs';
import { RuntimeApi } from './runtime-api.mjs';
import { pointSdkV2AtEndpoint } from './sdk-v2-endpoint.mjs';
import { pendingOutputIsWritten } from './standard-output.mjs';

const { AWS_ENDPOINT_URL, AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT, _HANDLER } = process.env;
const api = new RuntimeApi(AWS_LAMBDA_RUNTIME_API);
const faults = new Faults();

// 1.
writeConsoleLinesAsLambda();
faults.watch();
pointSdkV2AtEndpoint(AWS_ENDPOINT_URL);

// 2. A trace header belongs to an invocation; code that runs during init sees none.
setTraceHeader(undefined);
faults.report = (error) => api.reportInitError(error);
const handler = await loadHandler(LAMBDA_TASK_ROOT, _HANDLER).catch((error) => faults.endProcess(error));
await faults.surface();
faults.report = undefined;

// 3. The answer and the request for the next event travel in one packet, which saves a round trip per invocation.
for (let invocation = await api.next(); ;) {
  log.requestId = invocation.requestId;
  setTraceHeader(invocation.traceHeader);
  faults.report = (error) => api.answer(invocation, { error });
  const outcome = await runHandler(handler, invocation);
  await pendingOutputIsWritten();
  faults.report = undefined;
  [, invocation] = await Promise.all([api.answer(invocation, outcome), api.next()]);
}

/** @param {string | undefined} header where AWS SDKs and the X-Ray SDK look for the trace they take part in */
function setTraceHeader(header) {
  if (header) process.env._X_AMZN_TRACE_ID = header;
  else delete process.env._X_AMZN_TRACE_ID;
}
