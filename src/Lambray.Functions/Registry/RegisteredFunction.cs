using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lambray.Functions.Registry.Aliases;
using Lambray.Functions.Registry.Concurrency;
using Lambray.Functions.Registry.EventInvocation;
using Lambray.Functions.Registry.Policies;
using Lambray.Functions.Registry.Urls;

namespace Lambray.Functions.Registry;

/// <summary>All that is known under one function's name, but for its published versions: immutable, replaced whole by every change.</summary>
/// <remarks>
/// Maps by qualifier hold <c>$LATEST</c> for what was set on the function itself. A field that JSON lacks is null when it is read,
/// whatever its initializer says; so these have none.
/// </remarks>
public sealed record RegisteredFunction
{
    /// <summary>The version that can be changed, <c>$LATEST</c>.</summary>
    public required FunctionModel Latest { get; init; }

    [JsonIgnore]
    public string Name => Latest.Name;

    /// <summary>The number that was given last; those of deleted versions are not given again.</summary>
    public long LastVersion { get; init; }

    /// <summary>What <see cref="Latest"/> was like when it was last published; another publication without a change gives no new version.</summary>
    public string? PublishedFingerprint { get; init; }

    /// <summary>A version that was published together with a change, and becomes active with it.</summary>
    public long? PendingVersion { get; init; }

    public ImmutableDictionary<string, string> Tags { get => field ?? ImmutableDictionary<string, string>.Empty; init; }

    public ImmutableDictionary<string, Alias> Aliases { get => field ?? ImmutableDictionary<string, Alias>.Empty; init; }

    public ImmutableDictionary<string, ResourcePolicy> Policies { get => field ?? ImmutableDictionary<string, ResourcePolicy>.Empty; init; }

    public ImmutableDictionary<string, EventInvokeConfig> EventInvokeConfigs { get => field ?? ImmutableDictionary<string, EventInvokeConfig>.Empty; init; }

    public ImmutableDictionary<string, FunctionUrl> Urls { get => field ?? ImmutableDictionary<string, FunctionUrl>.Empty; init; }

    /// <summary>By version number or alias.</summary>
    public ImmutableDictionary<string, ProvisionedConcurrency> ProvisionedConcurrency { get => field ?? ImmutableDictionary<string, ProvisionedConcurrency>.Empty; init; }

    /// <summary>Null for a function that shares the account's unreserved concurrency.</summary>
    public int? ReservedConcurrency { get; init; }

    public RecursiveLoop RecursiveLoop { get; init; }

    public ImmutableDictionary<string, RuntimeUpdate> RuntimeUpdates { get => field ?? ImmutableDictionary<string, RuntimeUpdate>.Empty; init; }

    public string? CodeSigningConfigArn { get; init; }

    /// <summary>What is left when a version or an alias goes, with all that was set for it.</summary>
    public RegisteredFunction Without(string qualifier) => this with
    {
        Aliases = Aliases.Remove(qualifier),
        Policies = Policies.Remove(qualifier),
        EventInvokeConfigs = EventInvokeConfigs.Remove(qualifier),
        Urls = Urls.Remove(qualifier),
        ProvisionedConcurrency = ProvisionedConcurrency.Remove(qualifier),
        RuntimeUpdates = RuntimeUpdates.Remove(qualifier),
    };

    /// <summary>As it is after a change that AWS counts as one of <c>$LATEST</c>.</summary>
    public RegisteredFunction Revised() => this with { Latest = Latest with { RevisionId = Guid.NewGuid() } };
}

/// <summary>What happens to a function that keeps calling itself ("Use Lambda recursive loop detection" in the Developer Guide).</summary>
public enum RecursiveLoop
{
    Terminate,
    Allow,
}

/// <summary>When a function moves to a newer version of its runtime ("Runtime management controls" in the Developer Guide).</summary>
/// <param name="UpdateRuntimeOn"><c>Auto</c>, <c>FunctionUpdate</c> or <c>Manual</c>.</param>
/// <param name="RuntimeVersionArn">The version that a function is held at, with <c>Manual</c>.</param>
public sealed record RuntimeUpdate(string UpdateRuntimeOn, string? RuntimeVersionArn)
{
    public static readonly RuntimeUpdate Auto = new("Auto", null);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RegisteredFunction))]
[JsonSerializable(typeof(FunctionModel))]
sealed partial class RegistryJson : JsonSerializerContext;
