package com.amazonaws.services.lambda.runtime.logging;

import java.util.Locale;

/** The values of the setting {@code LogFormat}. */
public enum LogFormat {
  JSON,
  TEXT;

  public static LogFormat fromString(String logFormat) {
    try {
      return valueOf(logFormat.toUpperCase(Locale.ROOT));
    } catch (RuntimeException unknown) {
      throw new IllegalArgumentException("Invalid log format: '" + logFormat + "' expected one of [JSON, TEXT]");
    }
  }
}
