package com.amazonaws.services.lambda.runtime;

/** The application that called through one of the mobile SDKs. */
public interface Client {
  String getInstallationId();

  String getAppTitle();

  String getAppVersionName();

  String getAppVersionCode();

  String getAppPackageName();
}
