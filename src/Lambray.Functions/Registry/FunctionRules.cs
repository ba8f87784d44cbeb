using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Functions.Registry;

/// <summary>Two settings that stand beside a function's configuration: recursive loops, and updates of its runtime.</summary>
public sealed partial class FunctionRules(FunctionStore store, AwsHome home)
{
    const string RuntimeVersionPattern = @"arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}::runtime:.+";
    const int RuntimeVersionLengthMin = 26;
    const int RuntimeVersionLengthMax = 2048;

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public RecursiveLoop GetRecursiveLoop(FunctionName function) => store.Find(function.Name).Require(function, home).RecursiveLoop;

    /// <exception cref="AwsException">The function is not there, or the value is none.</exception>
    public async Task<RecursiveLoop> PutRecursiveLoopAsync(FunctionName function, string? recursiveLoop)
    {
        new Validation().Require(recursiveLoop is not null, null, "recursiveLoop", "Member must not be null").ThrowIfAny();
        new Validation().Require(recursiveLoop is "Terminate" or "Allow", recursiveLoop, "recursiveLoop", "Member must satisfy enum value set: [Terminate, Allow]").ThrowIfAny();
        var value = Enum.Parse<RecursiveLoop>(recursiveLoop!);
        await store.ChangeAsync(function.Name, found => found.Require(function, home) with { RecursiveLoop = value });
        return value;
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public RuntimeUpdate GetRuntimeUpdate(FunctionName function) =>
        store.RequireQualified(store.Find(function.Name), function, home).RuntimeUpdates.GetValueOrDefault(KeyOf(function)) ?? RuntimeUpdate.Auto;

    /// <exception cref="AwsException">The function is not there, or the setting is none.</exception>
    public async Task<RuntimeUpdate> PutRuntimeUpdateAsync(FunctionName function, string? updateRuntimeOn, string? runtimeVersionArn)
    {
        Check(updateRuntimeOn, runtimeVersionArn);
        var update = new RuntimeUpdate(updateRuntimeOn!, runtimeVersionArn);
        await store.ChangeAsync(function.Name, found =>
        {
            var current = store.RequireQualified(found, function, home);
            return current with { RuntimeUpdates = current.RuntimeUpdates.SetItem(KeyOf(function), update) };
        });
        return update;
    }

    static void Check(string? updateRuntimeOn, string? runtimeVersionArn)
    {
        new Validation().Require(updateRuntimeOn is not null, null, "updateRuntimeOn", "Member must not be null").ThrowIfAny();
        var validation = new Validation()
            .Require(updateRuntimeOn is "Auto" or "FunctionUpdate" or "Manual", updateRuntimeOn, "updateRuntimeOn", "Member must satisfy enum value set: [Auto, FunctionUpdate, Manual]")
            .RequireLength(runtimeVersionArn, "runtimeVersionArn", RuntimeVersionLengthMin, RuntimeVersionLengthMax);
        if (runtimeVersionArn is not null)
            validation.Require(RuntimeVersionRegex().IsMatch(runtimeVersionArn), runtimeVersionArn, "runtimeVersionArn", $"Member must satisfy regular expression pattern: {RuntimeVersionPattern}");
        validation.ThrowIfAny();
        if ((updateRuntimeOn == "Manual") != (runtimeVersionArn is not null))
            throw LambdaErrors.InvalidParameter(updateRuntimeOn == "Manual"
                ? "You must specify a RuntimeVersionArn when you set UpdateRuntimeOn to Manual."
                : "You can only specify a RuntimeVersionArn when you set UpdateRuntimeOn to Manual.");
    }

    static string KeyOf(FunctionName function) => function.Qualifier ?? FunctionName.Latest;

    [GeneratedRegex($@"^{RuntimeVersionPattern}\z")]
    private static partial Regex RuntimeVersionRegex();
}
