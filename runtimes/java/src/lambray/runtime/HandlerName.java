package lambray.runtime;

/** {@code example.Orders::receive}, or the class alone when it implements one of the handler interfaces. */
final class HandlerName {
  final String className;

  /** Null when only the class is named. */
  final String methodName;

  HandlerName(String text) {
    int colons = text.lastIndexOf("::");
    className = colons < 0 ? text : text.substring(0, colons);
    methodName = colons < 0 ? null : text.substring(colons + 2);
    if (className.isEmpty() || (methodName != null && methodName.isEmpty())) throw FunctionFault.of("Invalid handler: `" + text + "'");
  }
}
