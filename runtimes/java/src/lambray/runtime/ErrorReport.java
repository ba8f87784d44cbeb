package lambray.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The body and headers by which the runtime reports an error: {@code {errorMessage, errorType, stackTrace}}. */
final class ErrorReport {
  /** AWS's name for where the error lies, in {@code Lambda-Runtime-Function-Error-Type}. */
  final String kind;

  private final Map<String, Object> body;
  private final String xrayCause;

  private ErrorReport(String kind, Map<String, Object> body, String xrayCause) {
    this.kind = kind;
    this.body = body;
    this.xrayCause = xrayCause;
  }

  static ErrorReport of(Throwable error) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (error instanceof FunctionFault) {
      body.put("errorMessage", error.getMessage());
      if (((FunctionFault) error).type != null) body.put("errorType", ((FunctionFault) error).type);
      return new ErrorReport("Runtime.BadFunctionCode", body, null);
    }
    List<String> frames = new ArrayList<>();
    for (StackTraceElement frame : StackTraces.withoutRuntime(error).getStackTrace()) frames.add(frame.toString());
    body.put("errorMessage", messageOf(error));
    body.put("errorType", error.getClass().getName());
    body.put("stackTrace", frames);
    return new ErrorReport("Runtime.UserException", body, XRayCause.of(error));
  }

  /** An error without a message goes by its class's name. */
  static String messageOf(Throwable error) {
    String message = error.getLocalizedMessage();
    return message == null ? error.getClass().getName() : message;
  }

  byte[] body() {
    return JsonWriter.write(body).getBytes(StandardCharsets.UTF_8);
  }

  /** Null when there is no error of the function's own code. */
  String xrayCause() {
    return xrayCause;
  }
}
