package lambray.runtime;

import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Strings, numbers, booleans, and maps and lists of them, without Jackson; it is asked only for what turns out not to be so plain. */
final class PlainJson implements JsonForm {
  private static final Set<Type> SCALARS = Set.of(String.class, Integer.class, int.class, Long.class, long.class, Double.class, double.class, Boolean.class, boolean.class);
  private static final Set<Type> MAPS = Set.of(Map.class, HashMap.class, LinkedHashMap.class);
  private static final Set<Type> LISTS = Set.of(List.class, ArrayList.class, Collection.class, Iterable.class);

  private final Type type;
  private JsonForm jackson;

  PlainJson(Type type) {
    this.type = type;
  }

  static boolean suits(Type type) {
    if (type == Object.class || SCALARS.contains(type) || MAPS.contains(type) || LISTS.contains(type)) return true;
    if (!(type instanceof ParameterizedType)) return false;
    Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
    return isMap(type) ? arguments[0] == String.class && suits(arguments[1]) : isList(type) && suits(arguments[0]);
  }

  @Override
  public Object read(byte[] json) throws Exception {
    Object value;
    try {
      value = JsonReader.read(new String(json, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException unread) {
      return jackson().read(json);
    }
    return fits(value, type) ? value : jackson().read(json);
  }

  @Override
  public void write(Object value, OutputStream json) throws Exception {
    String text = JsonWriter.write(value);
    if (text == null) jackson().write(value, json);
    else json.write(text.getBytes(StandardCharsets.UTF_8));
  }

  // Jackson makes a text of a number and a number of a text where the type wants it; it also words the errors.
  private static boolean fits(Object value, Type type) {
    if (value == null) return !(type instanceof Class && ((Class<?>) type).isPrimitive());
    if (type == Object.class) return true;
    if (type == String.class) return value instanceof String;
    if (type == Integer.class || type == int.class) return value instanceof Integer;
    if (type == Long.class || type == long.class) return value instanceof Long;
    if (type == Double.class || type == double.class) return value instanceof Double;
    if (type == Boolean.class || type == boolean.class) return value instanceof Boolean;
    if (isMap(type)) return value instanceof Map && allFit(((Map<?, ?>) value).values(), type, 1);
    return value instanceof List && allFit((List<?>) value, type, 0);
  }

  private static boolean allFit(Collection<?> values, Type type, int argument) {
    if (!(type instanceof ParameterizedType)) return true;
    Type wanted = ((ParameterizedType) type).getActualTypeArguments()[argument];
    for (Object value : values) if (!fits(value, wanted)) return false;
    return true;
  }

  private static boolean isMap(Type type) {
    return MAPS.contains(rawOf(type));
  }

  private static boolean isList(Type type) {
    return LISTS.contains(rawOf(type));
  }

  private static Type rawOf(Type type) {
    return type instanceof ParameterizedType ? ((ParameterizedType) type).getRawType() : type;
  }

  private JsonForm jackson() {
    if (jackson == null) jackson = PojoJson.of(type);
    return jackson;
  }
}
