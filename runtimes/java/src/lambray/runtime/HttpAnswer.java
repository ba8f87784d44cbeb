package lambray.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One HTTP response. */
final class HttpAnswer {
  final int status;
  final Map<String, String> headers;
  final byte[] body;

  /** @param headers their names in lower case */
  HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** Whether the server answers nothing more on this connection. */
  boolean closesConnection() {
    return "close".equalsIgnoreCase(headers.get("connection"));
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
