using System.Reflection;

namespace Lambray.DotNetRuntime;

/// <summary>The serializer that the function names by attribute, on its method or its assembly; called as the function's own library of AWS declares it.</summary>
sealed class FunctionSerializer
{
    const string Attribute = "Amazon.Lambda.Core.LambdaSerializerAttribute";
    const string Interface = "Amazon.Lambda.Core.ILambdaSerializer";

    readonly object? instance;
    readonly MethodInfo method;

    FunctionSerializer(object? instance, MethodInfo method) => (this.instance, this.method) = (instance, method);

    /// <exception cref="LambdaValidationException">None is named, or it cannot be used.</exception>
    public static FunctionSerializer ForInput(MethodInfo handler, Type type) => For(handler, type, "Deserialize", "deserialize input data");

    /// <inheritdoc cref="ForInput"/>
    public static FunctionSerializer ForOutput(MethodInfo handler, Type type) => For(handler, type, "Serialize", "serialize output data");

    public object? Read(Stream json) => Call(json);

    public void Write(object? value, Stream json) => Call(value, json);

    static FunctionSerializer For(MethodInfo handler, Type type, string verb, string purpose)
    {
        var assembly = handler.Module.Assembly;
        var serializer = NamedBy(handler.GetCustomAttributesData()) ?? NamedBy(assembly.GetCustomAttributesData()) ?? throw new LambdaValidationException(
            $"Could not find the LambdaSerializerAttribute on the assembly '{assembly.GetName().Name}' or method '{handler.Name}' while attempting to {purpose} of type '{type.FullName}'. " +
            $"To use types other than System.IO.Stream as input/output parameters, the assembly or Lambda function should be annotated with {Attribute}.");
        var constructor = serializer.GetConstructor(Type.EmptyTypes) ?? throw new LambdaValidationException(
            $"The indicated serializer '{serializer.FullName}' does not define a public zero-parameter constructor.");
        var declared = serializer.GetInterface(Interface) ?? throw new LambdaValidationException(
            $"The '{serializer.FullName}' class is invalid: it does not implement the 'ILambdaSerializer' interface.");
        return new FunctionSerializer(constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, null, null), declared.GetMethod(verb)!.MakeGenericMethod(type));
    }

    static Type? NamedBy(IList<CustomAttributeData> attributes)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.AttributeType.FullName == Attribute) return (Type?)attribute.ConstructorArguments[0].Value;
        }
        return null;
    }

    object? Call(params object?[] values) => method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, values, null);
}
