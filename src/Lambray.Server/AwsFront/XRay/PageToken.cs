using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Lambray.Aws;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>A <c>NextToken</c> that holds the place itself: nothing is remembered between pages, and a restart breaks none.</summary>
static class PageToken
{
    public static string Write(TraceMark mark) =>
        Base64Url.EncodeToString(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{mark.Microseconds}/{mark.TraceId}")));

    /// <exception cref="AwsException">InvalidRequestException for a token that we did not write.</exception>
    public static TraceMark? Parse(string token)
    {
        var text = Base64Url.IsValid(token) ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)) : "";
        var slash = text.IndexOf('/');
        return slash > 0
            && long.TryParse(text.AsSpan(0, slash), CultureInfo.InvariantCulture, out var start)
            && TraceId.TryParse(text.AsSpan(slash + 1), out var id)
            ? new TraceMark(start, id)
            : throw XRayWire.InvalidRequest("NextToken is not one that this server gave.");
    }
}
