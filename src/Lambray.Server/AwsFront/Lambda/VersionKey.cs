using System.Globalization;
using Lambray.Functions.Registry;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>Where a version stands in the list of all functions' versions: <c>my-function:3</c>, <c>$LATEST</c> being number 0.</summary>
static class VersionKey
{
    public static string Of(FunctionModel model) => $"{model.Name}:{(model.Version == FunctionName.Latest ? "0" : model.Version)}";

    /// <param name="key">Null for the place before the first.</param>
    public static (string Name, long Version) Read(string? key)
    {
        if (key is null) return ("", -1);
        var colon = key.LastIndexOf(':');
        return colon > 0 && long.TryParse(key.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (key[..colon], version)
            : throw LambdaErrors.InvalidParameter("Invalid Marker: it must be the NextMarker of an earlier answer.");
    }
}
