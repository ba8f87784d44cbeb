package lambray.runtime;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.nio.charset.StandardCharsets;

/**
 * The logger that handlers get, to standard output: as text, with the level before the message where one was given, or as JSON
 * ("Using Lambda advanced logging controls with Java"). Bytes go out as they are in both.
 */
public final class FunctionLog implements LambdaLogger {
  private static final FunctionLog LOG = new FunctionLog(System.getenv("AWS_LAMBDA_LOG_LEVEL"), System.getenv("AWS_LAMBDA_LOG_FORMAT"));
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final LogLevel least;
  private final boolean isJson;

  // What the next messages belong to; null before the first invocation.
  private volatile Event event;

  /** @param least the level below which messages are left out; null to keep all */
  private FunctionLog(String least, String format) {
    this.least = least == null || least.isEmpty() ? LogLevel.UNDEFINED : LogLevel.fromString(least);
    isJson = LogFormat.JSON.name().equalsIgnoreCase(format);
  }

  public static FunctionLog ofEnvironment() {
    return LOG;
  }

  void begin(Event event) {
    this.event = event;
  }

  /** An error that failed an invocation or the init phase; only in JSON does AWS give it a level. */
  void logError(String text) {
    log(text, isJson ? LogLevel.ERROR : LogLevel.UNDEFINED);
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
    String text = isJson ? JsonLogRecord.of(event, message, level) : level == LogLevel.UNDEFINED ? String.valueOf(message) : "[" + level + "] " + message;
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
