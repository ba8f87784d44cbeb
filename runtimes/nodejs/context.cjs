'use strict';

/** The context object that a handler gets beside its event. */
function createContext(invocation, completion) {
  const { env } = process;
  return {
    get callbackWaitsForEmptyEventLoop() {
      return completion.waitsForEmptyEventLoop;
    },
    set callbackWaitsForEmptyEventLoop(waits) {
      completion.waitsForEmptyEventLoop = Boolean(waits);
    },
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    awsRequestId: invocation.requestId,
    invokedFunctionArn: invocation.functionArn,
    clientContext: parseIfPresent(invocation.clientContext),
    identity: parseIfPresent(invocation.cognitoIdentity),
    tenantId: invocation.tenantId,
    getRemainingTimeInMillis: () => invocation.deadline - Date.now(),
    succeed: (result) => completion.succeed(result),
    fail: (error) => completion.fail(error),
    done: (error, result) => completion.done(error, result),
  };
}

function parseIfPresent(json) {
  return json ? JSON.parse(json) : undefined;
}

module.exports = { createContext };
