package com.amazonaws;

/** Named and shaped like the class in the AWS SDK for Java 1. */
public enum Protocol {
  HTTP("http"),
  HTTPS("https");

  private final String protocol;

  Protocol(String protocol) {
    this.protocol = protocol;
  }

  @Override public String toString() { return protocol; }
}
