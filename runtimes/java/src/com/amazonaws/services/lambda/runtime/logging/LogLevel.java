package com.amazonaws.services.lambda.runtime.logging;

import java.util.Locale;

/** How much a log message matters; {@code UNDEFINED} for those whose code did not say, which are never left out. */
public enum LogLevel {
  UNDEFINED,
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL;

  public static LogLevel fromString(String logLevel) {
    try {
      return valueOf(logLevel.toUpperCase(Locale.ROOT));
    } catch (RuntimeException unknown) {
      throw new IllegalArgumentException("Invalid log level: '" + logLevel + "' expected one of [TRACE, DEBUG, INFO, WARN, ERROR, FATAL]");
    }
  }
}
