using System.Reflection;
using System.Runtime.CompilerServices;

namespace Lambray.DotNetRuntime;

/// <summary>The method that a handler's name stands for.</summary>
/// <param name="Type">The type that was named; it may have inherited the method.</param>
sealed record FunctionMethod(Type Type, MethodInfo Method)
{
    const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    /// <exception cref="LambdaValidationException">There is none, more than one, or one that cannot be a handler.</exception>
    public static FunctionMethod Find(Assembly assembly, HandlerName name)
    {
        var type = assembly.GetType(name.Type) ?? throw new LambdaValidationException($"Unable to load type '{name.Type}' from assembly '{name.Assembly}'.");
        var method = InheritedBy(type, name.Method) ?? throw new LambdaValidationException(
            $"Unable to find method '{name.Method}' in type '{name.Type}' from assembly '{name.Assembly}': Found no methods matching method name '{name.Method}'.");
        if (WhyUnsuitable(type, method) is { } why) throw new LambdaValidationException(why);
        return new FunctionMethod(type, method);
    }

    /// <summary>The object that the method is called on, now made; null for a static method.</summary>
    public object? NewInstance()
    {
        if (!Method.IsStatic)
            return Activator.CreateInstance(Type, BindingFlags.DoNotWrapExceptions | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, null, null, null);
        RuntimeHelpers.RunClassConstructor(Type.TypeHandle);
        return null;
    }

    static MethodInfo? InheritedBy(Type type, string name)
    {
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            var named = Array.FindAll(declaring.GetMethods(Declared), method => method.Name == name || method.ToString() == name);
            if (named.Length > 1)
            {
                var candidates = string.Join('\n', (object[])named);
                throw new LambdaValidationException(
                    $"The method '{name}' in type '{declaring.FullName}' appears to have a number of overloads. To call this method please specify a complete method signature. Possible candidates are:\n{candidates}.");
            }
            if (named.Length == 1) return named[0];
        }
        return null;
    }

    static string? WhyUnsuitable(Type type, MethodInfo method)
    {
        var parameters = method.GetParameters();
        if (!method.IsStatic && type.IsGenericType)
            return $"The type '{type}' cannot be used as a Lambda Handler type because it is generic. Handler methods cannot be located in generic types. Please specify a handler method in a non-generic type.";
        if (!method.IsStatic && type.IsAbstract)
            return $"The instance method '{method}' cannot be used as a Lambda Handler because its type '{type}' is abstract. Please either use a static handler or specify a type that is not abstract.";
        if (method.IsGenericMethod)
            return $"The method '{method}' cannot be used as a Lambda Handler because it is a generic method. Handler methods cannot be generic. Please specify a non-generic handler method.";
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            return $"The method '{method}' cannot be used as a Lambda Handler because it is an 'async void' method. Handler methods cannot be 'async void'. Please specify a method that is not 'async void'.";
        if (parameters.Length > 2) return $"Method '{method.Name}' of type '{type.FullName}' is not supported: the method has more than 2 parameters.";
        if (parameters.Length == 2 && !FunctionHandler.IsContext(parameters[1]))
            return $"Method '{method.Name}' of type '{type.FullName}' is not supported: the method has 2 parameters, but the second parameter is not of type '{FunctionHandler.ContextType}'.";
        return null;
    }
}
