package com.amazonaws.services.lambda.runtime;

/** What a handler can learn of its invocation, function and environment ("Using the Lambda context object to retrieve Java function information"). */
public interface Context {
  String getAwsRequestId();

  String getLogGroupName();

  String getLogStreamName();

  String getFunctionName();

  String getFunctionVersion();

  String getInvokedFunctionArn();

  /** Null unless a mobile application called with Amazon Cognito. */
  CognitoIdentity getIdentity();

  /** Null unless the caller sent one. */
  ClientContext getClientContext();

  /** Never below 0. */
  int getRemainingTimeInMillis();

  int getMemoryLimitInMB();

  LambdaLogger getLogger();

  /** Null without tenant isolation. */
  default String getTenantId() {
    return null;
  }

  /** The trace header of the invocation; null when it has none. */
  default String getXrayTraceId() {
    return null;
  }
}
