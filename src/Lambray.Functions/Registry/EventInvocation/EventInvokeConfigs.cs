using Lambray.Aws;

namespace Lambray.Functions.Registry.EventInvocation;

/// <summary>How asynchronous events of functions, versions and aliases are handled: a configuration for each that has one.</summary>
public sealed class EventInvokeConfigs(FunctionStore store, RolePermissions permissions, AwsHome home, TimeProvider time)
{
    /// <summary>That of exactly this version or alias (<c>$LATEST</c> for the function itself); null when it has none.</summary>
    public EventInvokeConfig? Find(FunctionName function) => store.Find(function.Name)?.EventInvokeConfigs.GetValueOrDefault(KeyOf(function));

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public EventInvokeConfig Get(FunctionName function) => Find(function) ?? throw NoConfig(function);

    /// <summary>By qualifier, in its order.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public IEnumerable<KeyValuePair<string, EventInvokeConfig>> List(FunctionName function) =>
        (store.Find(function.Name) ?? throw NoFunction()).EventInvokeConfigs.OrderBy(config => config.Key, StringComparer.Ordinal);

    /// <summary>Sets everything anew.</summary>
    /// <exception cref="AwsException">The function or a destination is not there, or the request breaks a limit.</exception>
    public Task<EventInvokeConfig> PutAsync(FunctionName function, EventInvokeSettings settings) => ChangeAsync(function, settings, _ =>
        new EventInvokeConfig(settings.MaximumRetryAttempts, settings.MaximumEventAgeInSeconds, NotEmpty(settings.OnSuccess), NotEmpty(settings.OnFailure), time.GetUtcNow()));

    /// <summary>Sets what is said, and keeps the rest.</summary>
    /// <exception cref="AwsException">As <see cref="PutAsync"/>; or there is no configuration.</exception>
    public Task<EventInvokeConfig> UpdateAsync(FunctionName function, EventInvokeSettings settings) => ChangeAsync(function, settings, current =>
    {
        if (current is null) throw NoConfig(function);
        return new EventInvokeConfig(
            settings.MaximumRetryAttempts ?? current.MaximumRetryAttempts, settings.MaximumEventAgeInSeconds ?? current.MaximumEventAgeInSeconds,
            settings.OnSuccess is null ? current.OnSuccess : NotEmpty(settings.OnSuccess),
            settings.OnFailure is null ? current.OnFailure : NotEmpty(settings.OnFailure), time.GetUtcNow());
    });

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public Task DeleteAsync(FunctionName function) => store.ChangeAsync(function.Name, found =>
        found is not null && found.EventInvokeConfigs.ContainsKey(KeyOf(function))
            ? found with { EventInvokeConfigs = found.EventInvokeConfigs.Remove(KeyOf(function)) }
            : throw NoConfig(function));

    async Task<EventInvokeConfig> ChangeAsync(FunctionName function, EventInvokeSettings settings, Func<EventInvokeConfig?, EventInvokeConfig> change)
    {
        settings.Check();
        // What is there of other functions is asked before this one is held.
        RequireExisting(settings.OnSuccess);
        RequireExisting(settings.OnFailure);
        var changed = await store.ChangeAsync(function.Name, found =>
        {
            if (found is null || !store.HasQualifier(found, function.Qualifier)) throw NoFunction();
            RequireOther(found, settings.OnSuccess);
            RequireOther(found, settings.OnFailure);
            RequireService(settings);
            FifoTargets.Refuse(settings.OnSuccess);
            FifoTargets.Refuse(settings.OnFailure);
            permissions.RequireDestination(found.Latest, settings.OnSuccess);
            permissions.RequireDestination(found.Latest, settings.OnFailure);
            var config = change(found.EventInvokeConfigs.GetValueOrDefault(KeyOf(function)));
            return found with { EventInvokeConfigs = found.EventInvokeConfigs.SetItem(KeyOf(function), config) };
        });
        return changed.EventInvokeConfigs[KeyOf(function)];
    }

    void RequireExisting(string? destination)
    {
        if (!Arn.TryParse(destination, out var arn) || arn.Service != "lambda" || arn.Region != home.Region || arn.AccountId != home.AccountId) return;
        if (FunctionOf(arn) is not { } name || store.Find(name) is null) throw LambdaErrors.InvalidParameter($"The destination ARN {destination} is invalid.");
    }

    static void RequireOther(RegisteredFunction function, string? destination)
    {
        if (Arn.TryParse(destination, out var arn) && arn.Service == "lambda" && FunctionOf(arn) == function.Name)
            throw LambdaErrors.InvalidParameter("You can't specify the function as a destination for itself.");
    }

    static void RequireService(EventInvokeSettings settings)
    {
        if (IsOfService(settings.OnSuccess) && IsOfService(settings.OnFailure)) return;
        throw LambdaErrors.InvalidParameter(
            $"The provided destination config DestinationConfig(onSuccess={Text("OnSuccess", settings.OnSuccess)}, onFailure={Text("OnFailure", settings.OnFailure)}) is invalid.");
    }

    static bool IsOfService(string? destination) =>
        string.IsNullOrEmpty(destination) || Arn.TryParse(destination, out var arn) && arn.Service is "lambda" or "sqs" or "sns" or "events" or "s3";

    static string Text(string name, string? destination) => destination is null ? "null" : $"{name}(destination={destination})";

    static string? FunctionOf(Arn arn) => arn.Resource.Split(':') is ["function", var name, ..] ? name : null;

    static string? NotEmpty(string? destination) => string.IsNullOrEmpty(destination) ? null : destination;

    static string KeyOf(FunctionName function) => function.Qualifier ?? FunctionName.Latest;

    static AwsException NoFunction() => new("ResourceNotFoundException", 404, "The function doesn't exist.");

    AwsException NoConfig(FunctionName function) => new(
        "ResourceNotFoundException", 404, $"The function {(function with { Qualifier = KeyOf(function) }).Arn(home)} doesn't have an EventInvokeConfig");
}
