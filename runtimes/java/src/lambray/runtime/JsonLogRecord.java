package lambray.runtime;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** One message as a JSON object. Apart from {@link FunctionLog}, so that only functions that log in JSON pay for loading {@code java.time}. */
final class JsonLogRecord {
  private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private JsonLogRecord() {}

  /** @param event what the message belongs to; null before the first invocation */
  static String of(Event event, String message, LogLevel level) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("timestamp", TIMESTAMP.format(Instant.now()));
    record.put("message", message);
    record.put("level", level.name());
    if (event != null) {
      record.put("AWSRequestId", event.requestId());
      record.put("tenantId", event.tenantId());
    }
    return JsonWriter.write(record);
  }
}
