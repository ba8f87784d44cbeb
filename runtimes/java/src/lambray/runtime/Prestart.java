package lambray.runtime;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Map;

/** A runtime that was started before anybody knew for which function: it waits until it is given one, and then is as if started for it. */
final class Prestart {
  private Prestart() {}

  static boolean isWanted() {
    return System.getenv("_LAMBRAY_PRESTART") != null;
  }

  /** @return false when no function will come */
  static boolean becomeFunction(RuntimeApi api) throws IOException {
    HttpAnswer answer;
    try {
      answer = api.request("GET", "/lambray/prestart/function");
    } catch (IOException gone) {
      return false;
    }
    if (answer.status != 200) return false;
    replaceEnvironment((Map<?, ?>) JsonReader.read(answer.text()));
    return true;
  }

  // The JVM reads its environment once; behind the read-only map that it gives out lies the one that child processes inherit too.
  private static void replaceEnvironment(Map<?, ?> variables) {
    try {
      Class<?> processEnvironment = Class.forName("java.lang.ProcessEnvironment");
      Object readOnly = open(processEnvironment, "theUnmodifiableEnvironment").get(null);
      @SuppressWarnings("unchecked")
      Map<String, String> environment = (Map<String, String>) open(readOnly.getClass(), "m").get(readOnly);
      environment.clear();
      variables.forEach((name, value) -> environment.put((String) name, (String) value));
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException("This Java does not let its environment be replaced", changed);
    }
  }

  private static Field open(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
