package lambray.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Handlers that are named by class and method. The method may take an input – any object, or an {@link InputStream} – an {@link OutputStream}
 * and a {@link Context}, each of them or not, in this order.
 */
final class HandlerMethods {
  private final Class<?> type;
  private final FunctionClassLoader loader;

  private HandlerMethods(Class<?> type, FunctionClassLoader loader) {
    this.type = type;
    this.loader = loader;
  }

  static Handler of(Class<?> type, String name, FunctionClassLoader loader) {
    List<Method> overloads = new ArrayList<>();
    for (Method method : methodsOf(type, name)) if (method.getName().equals(name)) overloads.add(method);
    overloads.sort((one, other) -> weightOf(other) - weightOf(one));
    for (Method method : overloads) {
      if (isHandler(method)) return new HandlerMethods(type, loader).handlerOf(method);
      System.err.println("Ignoring an overload of method " + name + " that no event can be given to: " + method);
    }
    throw FunctionFault.of("No public method named " + name + " with appropriate method signature found on class " + type.getName());
  }

  private static Method[] methodsOf(Class<?> type, String name) {
    try {
      return type.getMethods();
    } catch (NoClassDefFoundError missing) {
      throw FunctionFault.of("Error loading method " + name + " on class " + type.getName(), missing);
    }
  }

  // AWS prefers what the author wrote to what the compiler added, then more parameters to fewer, of which a context counts double.
  private static int weightOf(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    int length = parameters.length + (takesContext(parameters) ? 1 : 0);
    return method.isBridge() ? length : length + 100;
  }

  private static boolean isHandler(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    int own = parameters.length - (takesContext(parameters) ? 1 : 0);
    if (own == 0) return true;
    if (parameters[0] == Context.class) return false;
    return own == 1 || (own == 2 && parameters[0] == InputStream.class && parameters[1] == OutputStream.class);
  }

  private static boolean takesContext(Class<?>[] parameters) {
    return parameters.length > 0 && parameters[parameters.length - 1] == Context.class;
  }

  private Handler handlerOf(Method method) {
    List<Class<?>> parameters = Arrays.asList(method.getParameterTypes());
    Object instance = Modifier.isStatic(method.getModifiers()) ? null : HandlerClasses.instanceOf(type);
    boolean isOfStreams = parameters.contains(InputStream.class) || parameters.contains(OutputStream.class);
    return isOfStreams ? ofStreams(method, instance) : ofObjects(method, instance);
  }

  private static Handler ofStreams(Method method, Object instance) {
    Class<?>[] parameters = method.getParameterTypes();
    boolean writes = Arrays.asList(parameters).contains(OutputStream.class);
    if (method.getReturnType() != void.class) System.err.println("Will ignore return type " + method.getReturnType() + " on byte stream handler");
    return (event, response, context) -> {
      Object[] values = new Object[parameters.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = parameters[i] == Context.class ? context : parameters[i] == OutputStream.class ? response : new ByteArrayInputStream(event);
      }
      call(method, instance, values);
      if (!writes) response.write(new byte[] {'n', 'u', 'l', 'l'});
    };
  }

  private Handler ofObjects(Method method, Object instance) {
    Class<?>[] parameters = method.getParameterTypes();
    TypeArguments known = new TypeArguments(type);
    boolean takesInput = parameters.length > 0 && parameters[0] != Context.class;
    Type input = takesInput ? known.resolve(method.getGenericParameterTypes()[0]) : null;
    return new ObjectHandler(input, known.resolve(method.getGenericReturnType()), loader, (event, context) -> {
      Object[] values = new Object[parameters.length];
      if (takesInput) values[0] = event;
      if (takesContext(parameters)) values[values.length - 1] = context;
      return call(method, instance, values);
    });
  }

  private static Object call(Method method, Object instance, Object[] values) throws Throwable {
    try {
      return method.invoke(instance, values);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
