package lambray.runtime;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;

/** Writes maps, collections, strings, numbers and booleans as JSON, in the way in which AWS's runtime has Jackson write them. */
final class JsonWriter {
  // Beyond this, somebody may have put a map into itself.
  private static final int DEPTH_MAX = 200;

  private final StringBuilder text = new StringBuilder();
  private int depth;

  private JsonWriter() {}

  /** @return null if the value holds anything else, which Jackson must look into */
  static String write(Object value) {
    JsonWriter writer = new JsonWriter();
    return writer.tryValue(value) ? writer.text.toString() : null;
  }

  private boolean tryValue(Object value) {
    if (value == null) text.append("null");
    else if (value instanceof String) string((String) value);
    else if (value instanceof Boolean || isWhole(value)) text.append(value);
    else if (value instanceof Double || value instanceof Float) real(value);
    else if (value instanceof Map) return tryMap((Map<?, ?>) value);
    else if (value instanceof Collection) return tryCollection((Collection<?>) value);
    else return false;
    return true;
  }

  private static boolean isWhole(Object value) {
    return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte || value instanceof BigInteger
        || value instanceof BigDecimal;
  }

  private void real(Object number) {
    boolean isFinite = Double.isFinite(((Number) number).doubleValue());
    if (isFinite) text.append(number);
    else string(number.toString());
  }

  private boolean tryMap(Map<?, ?> map) {
    if (++depth > DEPTH_MAX) return false;
    text.append('{');
    boolean isFirst = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String)) return false;
      if (entry.getValue() == null) continue;
      if (!isFirst) text.append(',');
      isFirst = false;
      string((String) entry.getKey());
      text.append(':');
      if (!tryValue(entry.getValue())) return false;
    }
    text.append('}');
    depth--;
    return true;
  }

  private boolean tryCollection(Collection<?> collection) {
    if (++depth > DEPTH_MAX) return false;
    text.append('[');
    boolean isFirst = true;
    for (Object element : collection) {
      if (!isFirst) text.append(',');
      isFirst = false;
      if (!tryValue(element)) return false;
    }
    text.append(']');
    depth--;
    return true;
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) character(value.charAt(i));
    text.append('"');
  }

  private void character(char character) {
    switch (character) {
      case '"':
      case '\\':
        text.append('\\').append(character);
        break;
      case '\b':
        text.append("\\b");
        break;
      case '\f':
        text.append("\\f");
        break;
      case '\n':
        text.append("\\n");
        break;
      case '\r':
        text.append("\\r");
        break;
      case '\t':
        text.append("\\t");
        break;
      default:
        if (character < ' ') text.append(String.format("\\u%04X", (int) character));
        else text.append(character);
    }
  }
}
