package com.amazonaws.services.lambda.runtime;

import lambray.runtime.FunctionLog;

/** The way to the logger for code that has no {@link Context}. */
public final class LambdaRuntime {
  private static final LambdaLogger LOGGER = FunctionLog.ofEnvironment();

  private LambdaRuntime() {}

  public static LambdaLogger getLogger() {
    return LOGGER;
  }
}
