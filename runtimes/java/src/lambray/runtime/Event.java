package lambray.runtime;

import java.util.Map;

/** One event, with what the Runtime API's {@code next} call tells of its invocation in headers. */
final class Event {
  final byte[] body;
  private final Map<String, String> headers;

  Event(HttpAnswer answer) {
    body = answer.body;
    headers = answer.headers;
  }

  String requestId() {
    return headers.get("lambda-runtime-aws-request-id");
  }

  /** Differs between attempts of one invocation; null on platforms that do not tell. */
  String attemptId() {
    return headers.get("lambda-runtime-invocation-id");
  }

  long deadline() {
    return Long.parseLong(headers.getOrDefault("lambda-runtime-deadline-ms", "0"));
  }

  String functionArn() {
    return headers.get("lambda-runtime-invoked-function-arn");
  }

  String traceHeader() {
    return headers.get("lambda-runtime-trace-id");
  }

  String clientContext() {
    return headers.get("lambda-runtime-client-context");
  }

  String cognitoIdentity() {
    return headers.get("lambda-runtime-cognito-identity");
  }

  String tenantId() {
    return headers.get("lambda-runtime-aws-tenant-id");
  }
}
