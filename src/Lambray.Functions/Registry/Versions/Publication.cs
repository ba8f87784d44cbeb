using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Lambray.Functions.Registry.Versions;

/// <summary>Makes versions of what <c>$LATEST</c> is at the moment.</summary>
static class Publication
{
    /// <summary>Whether <c>$LATEST</c> differs from what was published last.</summary>
    public static bool IsNew(RegisteredFunction function) => function.PublishedFingerprint != Fingerprint(function.Latest);

    /// <param name="description">Null for that of <c>$LATEST</c>.</param>
    /// <returns>The function as it goes on, and its new version.</returns>
    public static (RegisteredFunction Function, FunctionModel Version) Publish(RegisteredFunction function, string? description, DateTimeOffset now)
    {
        var version = function.Latest with
        {
            Version = (function.LastVersion + 1).ToString(CultureInfo.InvariantCulture),
            Description = description ?? function.Latest.Description,
            LastModified = now,
            RevisionId = Guid.NewGuid(),
            // Its environments are told another version than those of $LATEST.
            EnvironmentRevision = Guid.NewGuid(),
            Previous = null,
        };
        return (function with { LastVersion = function.LastVersion + 1, PublishedFingerprint = Fingerprint(function.Latest) }, version);
    }

    // Of code and configuration, and not of what changes by itself.
    static string Fingerprint(FunctionModel model) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(model with
    {
        LastModified = default,
        RevisionId = default,
        EnvironmentRevision = default,
        State = default,
        LastUpdateStatus = null,
        Reason = null,
        ReasonCode = null,
        Previous = null,
    }, RegistryJson.Default.FunctionModel)));
}
