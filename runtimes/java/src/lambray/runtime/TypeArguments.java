package lambray.runtime;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;

/** What stands for a type's parameters in one of its heirs, through however many generations. */
final class TypeArguments {
  private final Map<TypeVariable<?>, Type> known = new HashMap<>();

  /** Walks from a class to all that it extends and implements. */
  TypeArguments(Class<?> heir) {
    addParentsOf(heir);
  }

  /** A type as it is declared in one of the parents, with all that is known of its parameters. */
  Type resolve(Type declared) {
    if (declared instanceof TypeVariable) return known.getOrDefault(declared, declared);
    if (!(declared instanceof ParameterizedType)) return declared;
    ParameterizedType generic = (ParameterizedType) declared;
    Type[] arguments = generic.getActualTypeArguments().clone();
    for (int i = 0; i < arguments.length; i++) arguments[i] = resolve(arguments[i]);
    return new Resolved(generic, arguments);
  }

  /** @return null if a parent was named without its arguments */
  Type[] of(Class<?> generic) {
    TypeVariable<?>[] parameters = generic.getTypeParameters();
    Type[] arguments = new Type[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      if (!known.containsKey(parameters[i])) return null;
      arguments[i] = known.get(parameters[i]);
    }
    return arguments;
  }

  private void addParentsOf(Class<?> type) {
    for (Type parent : type.getGenericInterfaces()) add(parent);
    if (type.getGenericSuperclass() != null) add(type.getGenericSuperclass());
  }

  private void add(Type parent) {
    if (parent instanceof Class) {
      addParentsOf((Class<?>) parent);
      return;
    }
    ParameterizedType generic = (ParameterizedType) parent;
    Class<?> raw = (Class<?>) generic.getRawType();
    TypeVariable<?>[] parameters = raw.getTypeParameters();
    Type[] arguments = generic.getActualTypeArguments();
    for (int i = 0; i < parameters.length; i++) known.putIfAbsent(parameters[i], resolve(arguments[i]));
    addParentsOf(raw);
  }

  private static final class Resolved implements ParameterizedType {
    private final ParameterizedType generic;
    private final Type[] arguments;

    Resolved(ParameterizedType generic, Type[] arguments) {
      this.generic = generic;
      this.arguments = arguments;
    }

    @Override
    public Type[] getActualTypeArguments() {
      return arguments.clone();
    }

    @Override
    public Type getRawType() {
      return generic.getRawType();
    }

    @Override
    public Type getOwnerType() {
      return generic.getOwnerType();
    }
  }
}
