package lambray.runtime;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;

/** Handlers that are named by their class alone: it implements {@link RequestHandler} or {@link RequestStreamHandler}. */
final class HandlerClasses {
  private HandlerClasses() {}

  static Handler of(Class<?> type, FunctionClassLoader loader) {
    if (RequestStreamHandler.class.isAssignableFrom(type)) return ofStreams((RequestStreamHandler) instanceOf(type));
    if (RequestHandler.class.isAssignableFrom(type)) return ofObjects(type, loader);
    throw FunctionFault.of("Class does not implement an appropriate handler interface: " + type.getName());
  }

  /** Makes an object of the function's; what its constructor throws ends the init phase. */
  static Object instanceOf(Class<?> type) {
    try {
      return constructorOf(type).newInstance();
    } catch (InvocationTargetException thrown) {
      throw FunctionFault.fatal(ErrorReport.messageOf(thrown.getCause()), thrown.getCause());
    } catch (ReflectiveOperationException unusable) {
      throw FunctionFault.of(ErrorReport.messageOf(unusable), unusable);
    }
  }

  private static Constructor<?> constructorOf(Class<?> type) {
    try {
      return type.getConstructor();
    } catch (NoSuchMethodException none) {
      boolean isInner = type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers());
      throw FunctionFault.of(isInner
          ? "Class " + type.getName() + " cannot be instantiated because it is a non-static inner class"
          : "Class " + type.getName() + " has no public zero-argument constructor", new Exception(none));
    }
  }

  private static Handler ofStreams(RequestStreamHandler handler) {
    return (event, response, context) -> handler.handleRequest(new ByteArrayInputStream(event), response, context);
  }

  @SuppressWarnings("unchecked")
  private static Handler ofObjects(Class<?> type, FunctionClassLoader loader) {
    Type[] inputAndOutput = new TypeArguments(type).of(RequestHandler.class);
    if (inputAndOutput == null) throw withoutTypes(type, "");
    for (Type argument : inputAndOutput) {
      boolean isAnything = argument instanceof TypeVariable && ((TypeVariable<?>) argument).getBounds()[0] == Object.class;
      if (isAnything) throw withoutTypes(type, ": parameter " + argument + " has no upper bound.");
    }
    RequestHandler<Object, Object> handler = (RequestHandler<Object, Object>) instanceOf(type);
    return new ObjectHandler(inputAndOutput[0], inputAndOutput[1], loader, handler::handleRequest);
  }

  private static FunctionFault withoutTypes(Class<?> type, String detail) {
    return FunctionFault.of("Class " + type.getName() + " does not implement RequestHandler with concrete type parameters" + detail);
  }
}
