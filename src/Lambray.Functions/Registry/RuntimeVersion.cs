using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Functions.Registry;

/// <summary>The version of a runtime that functions run on; here each has one.</summary>
public static partial class RuntimeVersion
{
    /// <summary>As logs name it: <c>nodejs:22.v1</c> of <c>nodejs22.x</c>, <c>provided:al2023.v1</c> of <c>provided.al2023</c>.</summary>
    public static string NameOf(string runtime) =>
        Identifier().Match(runtime) is { Success: true } match ? $"{match.Groups["language"].Value}:{match.Groups["version"].Value}.v1" : runtime;

    /// <summary>AWS names a version by a hash; ours is that of the runtime's identifier.</summary>
    public static string ArnOf(string runtime, AwsHome home) =>
        $"arn:aws:lambda:{home.Region}::runtime:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(runtime)))}";

    [GeneratedRegex(@"^(?<language>[a-z]+)\.?(?<version>[a-z0-9.]+?)(\.x)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Identifier();
}
