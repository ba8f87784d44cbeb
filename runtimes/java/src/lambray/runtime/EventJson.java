package lambray.runtime;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Date;

/**
 * The classes of AWS's library of events, whose bean names differ from the JSON that services send: {@code Records}, {@code eventSourceARN},
 * {@code detail-type}. They are told by their package, as a function brings them itself.
 */
final class EventJson {
  private static final String EVENTS = "com.amazonaws.services.lambda.runtime.events.";
  private static final String JODA_TIME = "org.joda.time.DateTime";

  private EventJson() {}

  static boolean isEvent(Type type) {
    return type instanceof Class && ((Class<?>) type).getName().startsWith(EVENTS);
  }

  static ObjectMapper mapper(JsonMapper.Builder builder) {
    SimpleModule times = new SimpleModule();
    times.setDeserializers(new TimeReaders());
    return builder.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES).annotationIntrospector(new DashedNames()).addModule(times).build();
  }

  private static final class TimeReaders extends SimpleDeserializers {
    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> findBeanDeserializer(JavaType type, DeserializationConfig config, BeanDescription bean) throws JsonMappingException {
      if (type.hasRawClass(Date.class)) return new SecondsReader();
      if (type.getRawClass().getName().equals(JODA_TIME)) return new JodaReader(type.getRawClass());
      return super.findBeanDeserializer(type, config, bean);
    }
  }

  /** Services write times as seconds, with or without fraction; here {@link Date} means milliseconds. */
  private static final class SecondsReader extends JsonDeserializer<Date> {
    @Override
    public Date deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      double seconds = parser.getValueAsDouble();
      return seconds == 0 ? null : new Date((long) (seconds * 1000));
    }
  }

  /** Joda-Time's class is the function's; all that is known of it is that it has a constructor for a text in ISO 8601. */
  private static final class JodaReader extends JsonDeserializer<Object> {
    private final Class<?> time;

    JodaReader(Class<?> time) {
      this.time = time;
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      String text = parser.getValueAsString();
      try {
        return time.getConstructor(Object.class).newInstance(text);
      } catch (ReflectiveOperationException failed) {
        throw new IOException("'" + text + "' is no time", failed);
      }
    }
  }

  private static final class DashedNames extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public PropertyName findNameForDeserialization(Annotated member) {
      return isDetailType(member, "setDetailType") ? PropertyName.construct("detail-type") : null;
    }

    @Override
    public PropertyName findNameForSerialization(Annotated member) {
      return isDetailType(member, "getDetailType") ? PropertyName.construct("detail-type") : null;
    }

    private static boolean isDetailType(Annotated member, String method) {
      return member instanceof AnnotatedMethod && member.getName().equals(method);
    }
  }
}
