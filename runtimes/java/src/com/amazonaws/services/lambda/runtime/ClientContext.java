package com.amazonaws.services.lambda.runtime;

import java.util.Map;

/** What a caller sent in {@code X-Amz-Client-Context}. */
public interface ClientContext {
  Client getClient();

  /** Values that the calling application has chosen itself. */
  Map<String, String> getCustom();

  /** Values that the mobile SDK knows of the device. */
  Map<String, String> getEnvironment();
}
