using System.Diagnostics.CodeAnalysis;

namespace Lambray.Aws;

/// <summary>An Amazon Resource Name: <c>arn:partition:service:region:account-id:resource</c>.</summary>
/// <remarks>The resource part is kept as it is written; services use <c>:</c> and <c>/</c> in it as they please.</remarks>
public readonly record struct Arn(string Partition, string Service, string Region, string AccountId, string Resource)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out Arn arn)
    {
        arn = default;
        if (text is null || !text.StartsWith("arn:", StringComparison.Ordinal)) return false;
        var parts = text.Split(':', 6);
        if (parts.Length < 6 || parts[1].Length == 0 || parts[2].Length == 0 || parts[5].Length == 0) return false;
        arn = new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]);
        return true;
    }

    /// <summary>The last part of a path-like resource: <c>my-role</c> of <c>role/service-role/my-role</c>.</summary>
    public string ResourceName => Resource[(Resource.LastIndexOf('/') + 1)..];

    public override string ToString() => $"arn:{Partition}:{Service}:{Region}:{AccountId}:{Resource}";
}
