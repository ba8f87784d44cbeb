package lambray.runtime;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The Runtime API, version 2018-06-01, as the platform serves it to this execution environment. */
final class RuntimeApi {
  private static final String ROOT = "/2018-06-01/runtime";

  private final String authority;
  private HttpConnection connection;

  /** @param authority host and port, as in AWS_LAMBDA_RUNTIME_API */
  RuntimeApi(String authority) {
    this.authority = authority;
  }

  /** Waits for the next event. */
  Event next() throws IOException {
    return eventOf(exchange(List.of(nextRequest())).get(0));
  }

  void answer(Event event, Outcome outcome) throws IOException {
    complainOf(exchange(List.of(answerOf(event, outcome))).get(0));
  }

  /** Answers one event and waits for the next. */
  Event answerAndNext(Event event, Outcome outcome) throws IOException {
    List<HttpAnswer> answers = exchange(List.of(answerOf(event, outcome), nextRequest()));
    complainOf(answers.get(0));
    return eventOf(answers.get(1));
  }

  void reportInitError(FunctionFault fault) throws IOException {
    ErrorReport report = ErrorReport.of(fault);
    exchange(List.of(new HttpRequest("POST", ROOT + "/init/error").with("Lambda-Runtime-Function-Error-Type", report.kind).body(report.body())));
  }

  private static HttpRequest nextRequest() {
    return new HttpRequest("GET", ROOT + "/invocation/next");
  }

  private static HttpRequest answerOf(Event event, Outcome outcome) {
    ErrorReport report = outcome.error();
    HttpRequest request = new HttpRequest("POST", ROOT + "/invocation/" + event.requestId() + (report == null ? "/response" : "/error"));
    if (event.attemptId() != null) request.with("Lambda-Runtime-Invocation-Id", event.attemptId());
    if (report == null) return request.body(outcome.response());
    if (report.xrayCause() != null) request.with("Lambda-Runtime-Function-XRay-Error-Cause", report.xrayCause());
    return request.with("Lambda-Runtime-Function-Error-Type", report.kind).body(report.body());
  }

  private static Event eventOf(HttpAnswer answer) throws IOException {
    if (answer.status != 200) throw new IOException("The Runtime API answered " + answer.status + " when asked for the next event: " + answer.text());
    return new Event(answer);
  }

  // The platform tells its caller why it refused, for instance a response that is too large. The next event is still welcome.
  private static void complainOf(HttpAnswer answer) throws IOException {
    if (answer.status >= 400) System.err.println("The Runtime API answered " + answer.status + ": " + answer.text());
    if (answer.status >= 500) throw new IOException("The Runtime API answered " + answer.status);
  }

  /** Sends all requests at once. Those that a closed connection left unanswered are sent again on a new one. */
  private List<HttpAnswer> exchange(List<HttpRequest> requests) throws IOException {
    List<HttpAnswer> answers = new ArrayList<>();
    while (answers.size() < requests.size()) {
      if (connection == null) connect();
      try {
        send(requests.subList(answers.size(), requests.size()));
        while (answers.size() < requests.size()) {
          HttpAnswer answer = connection.receive();
          answers.add(answer);
          if (answer.closesConnection()) {
            disconnect();
            break;
          }
        }
      } catch (EOFException | SocketException closed) {
        // Servers close connections that were idle for the length of an invocation, or on which they refused a large body.
        if (!connection.isReused()) throw closed;
        disconnect();
      }
    }
    return answers;
  }

  private void send(List<HttpRequest> requests) throws IOException {
    Packet packet = new Packet();
    for (HttpRequest request : requests) request.writeTo(packet, authority);
    packet.send(connection);
  }

  private void connect() throws IOException {
    int colon = authority.lastIndexOf(':');
    connection = colon < 0
        ? new HttpConnection(authority, 80)
        : new HttpConnection(authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)));
  }

  private void disconnect() throws IOException {
    connection.close();
    connection = null;
  }

  /** Gives away its bytes without another copy of what may be megabytes. */
  private static final class Packet extends ByteArrayOutputStream {
    void send(HttpConnection connection) throws IOException {
      connection.send(buf, count);
    }
  }

  private static final class HttpRequest {
    private final StringBuilder head;
    private byte[] body;

    HttpRequest(String method, String path) {
      head = new StringBuilder(256).append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    }

    HttpRequest with(String header, String value) {
      head.append(header).append(": ").append(value).append("\r\n");
      return this;
    }

    HttpRequest body(byte[] json) {
      body = json;
      return with("Content-Type", "application/json").with("Content-Length", String.valueOf(json.length));
    }

    void writeTo(ByteArrayOutputStream packet, String authority) throws IOException {
      packet.write((head + "Host: " + authority + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      if (body != null) packet.write(body);
    }
  }
}
