package lambray.runtime;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.ServiceLoader;

/** The serializer that a function brings itself, as a Java service. */
final class OwnJson implements JsonForm {
  private static final String SERVICE = "META-INF/services/" + CustomPojoSerializer.class.getName();

  private final CustomPojoSerializer serializer;
  private final Type type;

  private OwnJson(CustomPojoSerializer serializer, Type type) {
    this.serializer = serializer;
    this.type = type;
  }

  /** @return null when it brings none */
  static JsonForm find(Type type, FunctionClassLoader loader) {
    // The loading of services takes longer than the look whether there are any.
    if (loader.findResource(SERVICE) == null) return null;
    Iterator<CustomPojoSerializer> found = ServiceLoader.load(CustomPojoSerializer.class, loader).iterator();
    if (!found.hasNext()) return null;
    CustomPojoSerializer serializer = found.next();
    if (found.hasNext()) throw new IllegalStateException("Too many serializers provided inside the META-INF/services folder, only one is allowed");
    return new OwnJson(serializer, type);
  }

  @Override
  public Object read(byte[] json) {
    return serializer.fromJson(new ByteArrayInputStream(json), type);
  }

  @Override
  public void write(Object value, OutputStream json) {
    serializer.toJson(value, json, type);
  }
}
