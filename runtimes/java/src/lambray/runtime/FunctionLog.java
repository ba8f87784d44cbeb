package lambray.runtime;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.nio.charset.StandardCharsets;

/** The logger that handlers get: to standard output, with the level before the message where one was given. */
public final class FunctionLog implements LambdaLogger {
  private static final FunctionLog LOG = new FunctionLog(System.getenv("AWS_LAMBDA_LOG_LEVEL"));
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final LogLevel least;

  /** @param least the level below which messages are left out; null to keep all */
  private FunctionLog(String least) {
    this.least = least == null || least.isEmpty() ? LogLevel.UNDEFINED : LogLevel.fromString(least);
  }

  public static FunctionLog ofEnvironment() {
    return LOG;
  }

  @Override
  public void log(String message) {
    log(message, LogLevel.UNDEFINED);
  }

  @Override
  public void log(byte[] message) {
    log(message, LogLevel.UNDEFINED);
  }

  @Override
  public void log(String message, LogLevel level) {
    String text = level == LogLevel.UNDEFINED ? String.valueOf(message) : "[" + level + "] " + message;
    log(text.getBytes(StandardCharsets.UTF_8), level);
  }

  @Override
  public void log(byte[] message, LogLevel level) {
    if (level != LogLevel.UNDEFINED && level.compareTo(least) < 0) return;
    byte[] record = message == null ? NULL : message;
    // One call is one record, and here records end with their line.
    boolean isLine = record.length > 0 && record[record.length - 1] == '\n';
    byte[] line = isLine ? record : java.util.Arrays.copyOf(record, record.length + 1);
    line[line.length - 1] = '\n';
    System.out.write(line, 0, line.length);
    System.out.flush();
  }
}
