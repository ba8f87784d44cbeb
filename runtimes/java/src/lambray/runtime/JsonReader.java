package lambray.runtime;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON into maps, lists, strings, numbers and booleans, as Jackson reads it where a handler takes just any object. It is here because
 * most functions take no more than that, and Jackson would double the time in which they start.
 */
final class JsonReader {
  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /** @throws IllegalArgumentException if the text is not one JSON value */
  static Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value();
    reader.skipSpace();
    if (reader.at < text.length()) throw reader.unexpected();
    return value;
  }

  private Object value() {
    skipSpace();
    switch (peek()) {
      case '{':
        return object();
      case '[':
        return array();
      case '"':
        return string();
      case 't':
        return word("true", Boolean.TRUE);
      case 'f':
        return word("false", Boolean.FALSE);
      case 'n':
        return word("null", null);
      default:
        return number();
    }
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    if (isNext('}')) return members;
    do {
      skipSpace();
      if (peek() != '"') throw unexpected();
      String name = string();
      if (!isNext(':')) throw unexpected();
      members.put(name, value());
    } while (isNext(','));
    if (!isNext('}')) throw unexpected();
    return members;
  }

  private List<Object> array() {
    List<Object> elements = new ArrayList<>();
    at++;
    if (isNext(']')) return elements;
    do elements.add(value());
    while (isNext(','));
    if (!isNext(']')) throw unexpected();
    return elements;
  }

  private String string() {
    int start = ++at;
    while (peek() != '"' && peek() != '\\') at++;
    if (peek() == '"') return text.substring(start, at++);
    StringBuilder characters = new StringBuilder().append(text, start, at);
    for (char next = text.charAt(at++); next != '"'; next = text.charAt(at++)) {
      characters.append(next == '\\' ? escaped() : next);
      peek();
    }
    return characters.toString();
  }

  private char escaped() {
    char escape = peek();
    at++;
    switch (escape) {
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        if (at + 4 > text.length()) throw unexpected();
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
      default:
        return escape;
    }
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) throw unexpected();
    at += word.length();
    return value;
  }

  private Number number() {
    int start = at;
    boolean isWhole = true;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      isWhole &= ".eE".indexOf(text.charAt(at++)) < 0;
    }
    if (at == start) throw unexpected();
    String digits = text.substring(start, at);
    return isWhole ? smallest(new BigInteger(digits)) : (Number) Double.valueOf(digits);
  }

  private static Number smallest(BigInteger number) {
    if (number.bitLength() < Integer.SIZE) return number.intValue();
    return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
  }

  private boolean isNext(char wanted) {
    skipSpace();
    if (at == text.length() || text.charAt(at) != wanted) return false;
    at++;
    return true;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
  }

  private char peek() {
    if (at >= text.length()) throw new IllegalArgumentException("The JSON text ends too early");
    return text.charAt(at);
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("The JSON text has something unexpected at character " + at);
  }
}
