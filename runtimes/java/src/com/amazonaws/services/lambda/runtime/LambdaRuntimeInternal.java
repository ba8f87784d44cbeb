package com.amazonaws.services.lambda.runtime;

/** Where AWS's Log4j appender tells the runtime that it is in use, and wants the request id in Log4j's thread context. */
public final class LambdaRuntimeInternal {
  private static volatile boolean useLog4jAppender;

  private LambdaRuntimeInternal() {}

  public static void setUseLog4jAppender(boolean useLog4j) {
    useLog4jAppender = useLog4j;
  }

  public static boolean getUseLog4jAppender() {
    return useLog4jAppender;
  }
}
