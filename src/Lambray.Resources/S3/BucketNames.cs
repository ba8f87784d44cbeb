using System.Net;
using System.Text.RegularExpressions;

namespace Lambray.Resources.S3;

/// <summary>What S3 accepts as the name and place of a bucket ("General purpose bucket naming rules" in the S3 User Guide).</summary>
static partial class BucketNames
{
    static readonly string[] ReservedPrefixes = ["xn--", "sthree-"];
    static readonly string[] ReservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

    public static void Check(string name)
    {
        var valid = NamePattern.IsMatch(name)
            && !name.Contains("..", StringComparison.Ordinal)
            && !IPAddress.TryParse(name, out _)
            && !Array.Exists(ReservedPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            && !Array.Exists(ReservedSuffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal));
        if (!valid) throw S3Errors.InvalidBucketName(name);
    }

    /// <summary>The region that a location constraint stands for; us-east-1 is written by leaving the constraint out.</summary>
    public static string Region(string locationConstraint)
    {
        if (locationConstraint == "EU") return "eu-west-1";
        return locationConstraint != "us-east-1" && RegionPattern.IsMatch(locationConstraint) ? locationConstraint : throw S3Errors.InvalidLocation();
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    static partial Regex NamePattern { get; }

    [GeneratedRegex(@"^[a-z]{2}(-[a-z]+)+-\d{1,2}\z")]
    static partial Regex RegionPattern { get; }
}
