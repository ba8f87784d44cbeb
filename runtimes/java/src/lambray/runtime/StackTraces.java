package lambray.runtime;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Stack traces as a function's author wants them: without the runtime beneath the handler. */
final class StackTraces {
  private static final String RUNTIME = StackTraces.class.getPackageName() + ".";

  private StackTraces() {}

  /** Cuts the traces of an error, its causes and what it suppressed; errors may well form a circle. */
  static <T extends Throwable> T withoutRuntime(T error) {
    cut(error, Collections.newSetFromMap(new IdentityHashMap<>()));
    return error;
  }

  private static void cut(Throwable error, Set<Throwable> seen) {
    if (error == null || !seen.add(error)) return;
    StackTraceElement[] frames = error.getStackTrace();
    int kept = 0;
    while (kept < frames.length && !frames[kept].getClassName().startsWith(RUNTIME)) kept++;
    if (kept < frames.length) error.setStackTrace(java.util.Arrays.copyOf(frames, kept));
    cut(error.getCause(), seen);
    for (Throwable suppressed : error.getSuppressed()) cut(suppressed, seen);
  }
}
