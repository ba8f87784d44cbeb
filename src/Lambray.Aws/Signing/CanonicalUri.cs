namespace Lambray.Aws.Signing;

/// <summary>Path and query of a request in the one form that both sides sign ("Create a canonical request" in the IAM User Guide).</summary>
public static class CanonicalUri
{
    /// <param name="wirePath">The path as it goes over the wire, escaped; every service but S3 expects it to be escaped once more.</param>
    public static string Path(string wirePath, string service) =>
        service == "s3" ? wirePath : string.Join('/', wirePath.Split('/').Select(Uri.EscapeDataString));

    /// <param name="wireQuery">With or without the question mark.</param>
    public static string Query(string wireQuery) => string.Join('&', wireQuery.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(parameter => parameter.Split('=', 2))
        .Select(parts => (Name: EscapeAnew(parts[0]), Value: parts.Length == 2 ? EscapeAnew(parts[1]) : ""))
        .OrderBy(parameter => parameter.Name, StringComparer.Ordinal).ThenBy(parameter => parameter.Value, StringComparer.Ordinal)
        .Select(parameter => $"{parameter.Name}={parameter.Value}"));

    // Clients differ in what they escape; the signed form leaves only letters, digits and "-_.~" as they are.
    static string EscapeAnew(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));
}
