package lambray.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cause that X-Ray shows beside a failed function segment, as the value of the header Lambda-Runtime-Function-XRay-Error-Cause:
 * one line of ASCII of at most 64 KB, without the deepest frames and the end of the message where it would be longer.
 */
final class XRayCause {
  private static final int LENGTH_MAX = 64 * 1024;
  private static final int MESSAGE_LENGTH_MAX = 1024;

  private XRayCause() {}

  static String of(Throwable error) {
    String header = headerOf(error, Integer.MAX_VALUE, Integer.MAX_VALUE);
    for (int frames = error.getStackTrace().length; header.length() > LENGTH_MAX; frames /= 2) {
      header = headerOf(error, frames, MESSAGE_LENGTH_MAX);
      if (frames == 0) break;
    }
    return header;
  }

  private static String headerOf(Throwable error, int framesMax, int messageLengthMax) {
    List<Object> stack = new ArrayList<>();
    Set<Object> paths = new LinkedHashSet<>();
    for (StackTraceElement frame : error.getStackTrace()) {
      if (stack.size() == framesMax) break;
      String path = pathOf(frame);
      paths.add(path);
      stack.add(object("label", frame.getMethodName(), "path", path, "line", frame.getLineNumber()));
    }
    String message = ErrorReport.messageOf(error);
    Map<String, Object> exception = object(
        "message", message.length() > messageLengthMax ? message.substring(0, messageLengthMax) : message,
        "type", error.getClass().getName(),
        "stack", stack);
    return ascii(JsonWriter.write(object("working_directory", System.getProperty("user.dir"), "exceptions", List.of(exception), "paths", new ArrayList<>(paths))));
  }

  // Classes compiled without debug information do not know their file.
  private static String pathOf(StackTraceElement frame) {
    if (frame.getFileName() != null) return frame.getFileName();
    String name = frame.getClassName();
    return name.substring(name.lastIndexOf('.') + 1) + ".java";
  }

  private static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    return object;
  }

  private static String ascii(String json) {
    StringBuilder text = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char character = json.charAt(i);
      if (character < 0x7f) text.append(character);
      else text.append(String.format("\\u%04x", (int) character));
    }
    return text.toString();
  }
}
