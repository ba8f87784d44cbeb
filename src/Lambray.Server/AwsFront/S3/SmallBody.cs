using Lambray.Aws;

namespace Lambray.Server.AwsFront.S3;

/// <summary>The body of a request that is a document, not an object: read whole, within bounds.</summary>
static class SmallBody
{
    // A thousand keys of 1024 bytes, every character of them escaped.
    const int BytesMax = 8 * 1024 * 1024;

    public static async Task<MemoryStream> Read(HttpContext http)
    {
        if (http.Request.ContentLength > BytesMax) throw TooLarge();
        var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is > 0 and var count)
        {
            whole.Write(buffer, 0, count);
            if (whole.Length > BytesMax) throw TooLarge();
        }
        whole.Position = 0;
        return whole;
    }

    static AwsException TooLarge() => new("MaxMessageLengthExceeded", 400, "Your request was too large.");
}
