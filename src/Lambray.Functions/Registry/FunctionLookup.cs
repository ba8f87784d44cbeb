using System.Diagnostics.CodeAnalysis;
using Lambray.Aws;
using Lambray.Functions.Registry.Aliases;

namespace Lambray.Functions.Registry;

/// <summary>Finds what a request names, or says in AWS's words what is missing.</summary>
static class FunctionLookup
{
    /// <summary>The function as it was found, which must be there; its qualifier is not looked at.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public static RegisteredFunction Require([NotNull] this RegisteredFunction? found, FunctionName name, AwsHome home) =>
        found ?? throw LambdaErrors.FunctionNotFound(name.Arn(home).ToString());

    /// <summary>A function of which the version or alias that the request names must be there.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public static RegisteredFunction RequireQualified(this FunctionStore store, RegisteredFunction? found, FunctionName name, AwsHome home)
    {
        if (found is not null && store.HasQualifier(found, name.Qualifier)) return found;
        var arn = name.Arn(home).ToString();
        throw name.Qualifier is { } qualifier && AliasName.IsOne(qualifier) ? LambdaErrors.AliasNotFound(arn) : LambdaErrors.FunctionNotFound(arn);
    }

    /// <param name="qualifier">Null for the function itself.</param>
    public static bool HasQualifier(this FunctionStore store, RegisteredFunction function, string? qualifier) =>
        qualifier is null || function.Aliases.ContainsKey(qualifier) || store.FindVersion(function.Name, qualifier) is not null;
}
