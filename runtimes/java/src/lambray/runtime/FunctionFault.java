package lambray.runtime;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A function that cannot be loaded or called, in AWS's words. Its report has no stack: the fault lies in the function's set-up. */
final class FunctionFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The Java name of the error behind it; null when there is none. */
  final String type;

  private final String trace;

  /** Whether the init phase fails by it, rather than every invocation. */
  final boolean isFatal;

  private FunctionFault(String message, Throwable behind, boolean isFatal) {
    super(message, null, false, false);
    type = behind == null ? null : behind.getClass().getName();
    trace = behind == null ? null : traceOf(behind);
    this.isFatal = isFatal;
  }

  static FunctionFault of(String message) {
    return new FunctionFault(message, null, false);
  }

  static FunctionFault of(String message, Throwable behind) {
    return new FunctionFault(message, behind, false);
  }

  static FunctionFault fatal(String message, Throwable behind) {
    return new FunctionFault(message, behind, true);
  }

  String logText() {
    return type == null ? getMessage() + "\n" : logText(getMessage(), type, trace);
  }

  static String logText(Throwable error) {
    return logText(ErrorReport.messageOf(error), error.getClass().getName(), traceOf(error));
  }

  private static String logText(String message, String type, String trace) {
    return message + ": " + type + "\n" + trace + "\n";
  }

  private static String traceOf(Throwable error) {
    StringWriter text = new StringWriter();
    StackTraces.withoutRuntime(error).printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
