package lambray.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;

/** A function's own classes, by the rules of Java beans: Jackson, with the leniency that AWS's runtime gives it. */
final class PojoJson implements JsonForm {
  private static final ObjectMapper MAPPER = lenient(JsonMapper.builder(factory())).build();

  private final ObjectReader reader;
  private final ObjectWriter writer;

  private PojoJson(ObjectMapper mapper, Type type) {
    JavaType constructed = mapper.constructType(type);
    reader = mapper.readerFor(constructed);
    writer = mapper.writerFor(constructed);
  }

  static JsonForm of(Type type) {
    return new PojoJson(EventJson.isEvent(type) ? EventJson.mapper(lenient(JsonMapper.builder(factory()))) : MAPPER, type);
  }

  @Override
  public Object read(byte[] json) throws IOException {
    return reader.readValue(json);
  }

  @Override
  public void write(Object value, OutputStream json) throws IOException {
    writer.writeValue(json, value);
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .enable(
            JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS, JsonReadFeature.ALLOW_SINGLE_QUOTES,
            JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
            JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
        .build()
        .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
        .enable(JsonGenerator.Feature.IGNORE_UNKNOWN)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  private static JsonMapper.Builder lenient(JsonMapper.Builder mapper) {
    return mapper
        .enable(MapperFeature.USE_STD_BEAN_NAMING)
        .disable(MapperFeature.AUTO_DETECT_CREATORS, MapperFeature.INFER_PROPERTY_MUTATORS, MapperFeature.USE_GETTERS_AS_SETTERS)
        .disable(SerializationFeature.EAGER_SERIALIZER_FETCH, SerializationFeature.FAIL_ON_EMPTY_BEANS, SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
        .enable(
            DeserializationFeature.ACCEPT_EMPTY_ARRAY_AS_NULL_OBJECT, DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT,
            DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY, DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL,
            DeserializationFeature.UNWRAP_SINGLE_VALUE_ARRAYS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .serializationInclusion(JsonInclude.Include.NON_NULL);
  }
}
