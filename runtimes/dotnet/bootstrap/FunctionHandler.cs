using System.Reflection;
using System.Runtime.CompilerServices;

namespace Lambray.DotNetRuntime;

/// <summary>A handler: a method with an input or none, a context or none, and a result that may come later or not at all.</summary>
sealed class FunctionHandler
{
    public const string ContextType = "Amazon.Lambda.Core.ILambdaContext";

    readonly MethodInfo method;
    readonly object? instance;
    readonly bool takesInput;
    readonly bool takesContext;
    readonly FunctionSerializer? input;
    readonly FunctionSerializer? output;
    readonly Type resultType;
    readonly MethodInfo? result;

    /// <param name="instance">Null for a static method.</param>
    public FunctionHandler(MethodInfo method, object? instance)
    {
        (this.method, this.instance) = (method, instance);
        var parameters = method.GetParameters();
        takesContext = parameters.Length > 0 && IsContext(parameters[^1]);
        takesInput = parameters.Length > (takesContext ? 1 : 0);
        if (takesInput && !IsStream(parameters[0].ParameterType)) input = FunctionSerializer.ForInput(method, parameters[0].ParameterType);
        (resultType, result) = Awaited(method.ReturnType);
        if (resultType != typeof(void) && !IsStream(resultType)) output = FunctionSerializer.ForOutput(method, resultType);
    }

    public static bool IsContext(ParameterInfo parameter) => parameter.ParameterType.FullName == ContextType;

    public void Run(Stream json, Invocation invocation, FunctionLog log, Stream response)
    {
        var values = new object?[(takesInput ? 1 : 0) + (takesContext ? 1 : 0)];
        if (takesInput) values[0] = input is null ? json : input.Read(json);
        if (takesContext) values[^1] = ContextOf(invocation, log);
        var value = Await(method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, values, null));
        if (output is not null) output.Write(value, response);
        else if (value is Stream bytes) Copy(bytes, response);
    }

    // Only a function that asks for a context brings the assembly that declares it; inlined, this would have the assembly loaded for every function.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static object ContextOf(Invocation invocation, FunctionLog log) => FunctionContext.Of(invocation, log);

    static bool IsStream(Type type) => type.IsAssignableTo(typeof(Stream));

    static void Copy(Stream bytes, Stream response)
    {
        using (bytes) bytes.CopyTo(response);
    }

    // The type behind a task, and the property that has it in the end.
    static (Type Type, MethodInfo? Result) Awaited(Type type)
    {
        for (var task = type; task is not null; task = task.BaseType)
        {
            if (!task.IsConstructedGenericType) continue;
            var generic = task.GetGenericTypeDefinition();
            if (generic == typeof(Task<>) || generic == typeof(ValueTask<>)) return (task.GenericTypeArguments[0], task.GetProperty("Result")!.GetMethod);
        }
        return type == typeof(ValueTask) || type.IsAssignableTo(typeof(Task)) ? (typeof(void), null) : (type, null);
    }

    // Nothing else is to be done until the handler has ended, and no thread of the pool is to be kept from it meanwhile.
    object? Await(object? returned)
    {
        if (returned is Task task) task.GetAwaiter().GetResult();
        else if (returned is ValueTask none) none.AsTask().GetAwaiter().GetResult();
        return result is null ? returned : result.Invoke(returned, BindingFlags.DoNotWrapExceptions, null, null, null);
    }
}
