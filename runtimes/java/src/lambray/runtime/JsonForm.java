package lambray.runtime;

import java.io.OutputStream;
import java.lang.reflect.Type;

/** The way between JSON and one type of a handler. */
interface JsonForm {
  Object read(byte[] json) throws Exception;

  void write(Object value, OutputStream json) throws Exception;

  /** As AWS's runtime chooses: the function's own serializer if it brings one, else Jackson – or, with the same result, something smaller. */
  static JsonForm of(Type type, FunctionClassLoader loader) {
    JsonForm own = OwnJson.find(type, loader);
    if (own != null) return own;
    return PlainJson.suits(type) ? new PlainJson(type) : PojoJson.of(type);
  }
}
