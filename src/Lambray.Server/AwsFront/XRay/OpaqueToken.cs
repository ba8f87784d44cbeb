using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Lambray.Aws;
using Lambray.Tracing;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>A <c>NextToken</c> that holds a place in a list as text; it says which list, so that one operation's is not taken for another's.</summary>
static class OpaqueToken
{
    public static string Write(string list, string place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{list}/{place}"));

    /// <summary>The place; null where there is no token: the list from its beginning.</summary>
    /// <exception cref="AwsException">InvalidRequestException for a token that we did not write for this list.</exception>
    public static string? Read(string list, string? token)
    {
        if (token is null) return null;
        var bytes = Base64Url.IsValid(token) ? Base64Url.DecodeFromChars(token) : [];
        var text = Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : "";
        return text.StartsWith(list + "/", StringComparison.Ordinal) ? text[(list.Length + 1)..] : throw Unknown();
    }

    /// <summary>For lists that are always given whole, so that no token of theirs was ever given.</summary>
    /// <exception cref="AwsException">InvalidRequestException for any token.</exception>
    public static void RefuseAny(string? token)
    {
        if (token is not null) throw Unknown();
    }

    public static AwsException Unknown() => XRayErrors.InvalidRequest("NextToken is not one that this server gave.");
}
