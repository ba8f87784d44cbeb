using System.IO.Compression;
using System.Text.Json;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.CloudWatch;

/// <summary>A form in which requests come and answers go. Inside there is one form, JSON, from and into which the others are translated.</summary>
/// <remarks>
/// Debian's boto3 and AWS CLI write forms and read XML (<see cref="QueryProtocol"/>), the SDK for JavaScript JSON (<see cref="JsonProtocol"/>), newer SDKs
/// CBOR (<see cref="CborProtocol"/>). In all of them requests may be compressed.
/// </remarks>
abstract class CloudWatchProtocol
{
    public const string Target = "GraniteServiceVersion20100801";

    // What a small body may grow to: ten times what AWS takes as it is.
    const int BodyBytesMax = 10 * (int)CloudWatchDoor.RequestBytesMax;

    static readonly JsonProtocol Json = new();
    static readonly CborProtocol Cbor = new();
    static readonly QueryProtocol Query = new();

    // In queries they have names of their own, which SDKs of newer protocols are told too.
    static readonly Dictionary<string, string> QueryCodes = new()
    {
        ["InvalidParameterValueException"] = "InvalidParameterValue",
        ["InvalidParameterCombinationException"] = "InvalidParameterCombination",
        ["MissingRequiredParameterException"] = "MissingParameter",
        ["ServiceException"] = "InternalServiceError",
    };

    public static CloudWatchProtocol Of(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/service") ? Cbor : http.Request.Headers.ContainsKey("X-Amz-Target") ? Json : Query;

    /// <exception cref="AwsException">SerializationException or the like, for what is not of this form.</exception>
    public abstract Task<CloudWatchRequest> ReadAsync(HttpContext http);

    /// <param name="answer">Null for an operation that has nothing to say.</param>
    public abstract Task WriteAsync(HttpContext http, string operation, JsonElement? answer);

    public abstract Task WriteErrorAsync(HttpContext http, AwsException error);

    protected static string QueryCodeOf(AwsException error) => QueryCodes.GetValueOrDefault(error.Code, error.Code);

    /// <summary>For the protocols that came after queries.</summary>
    protected static void WriteErrorHeaders(HttpContext http, AwsException error)
    {
        http.Response.StatusCode = error.Status;
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        http.Response.Headers["x-amzn-query-error"] = $"{QueryCodeOf(error)};{(error.Status < 500 ? "Sender" : "Receiver")}";
    }

    protected static async Task<byte[]> ReadBodyAsync(HttpContext http)
    {
        await using var body = BodyOf(http);
        var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int length; (length = await body.ReadAsync(buffer, http.RequestAborted)) > 0;)
            {
                if (read.Length + length > BodyBytesMax) throw new AwsException("RequestEntityTooLarge", 413, $"The body has more than {BodyBytesMax} bytes.");
                read.Write(buffer, 0, length);
            }
        }
        catch (InvalidDataException error)
        {
            throw Malformed(error);
        }
        return read.ToArray();
    }

    protected static AwsException Malformed(Exception error) => new("SerializationException", 400, error.Message);

    static Stream BodyOf(HttpContext http) => http.Request.Headers.ContentEncoding.ToString() switch
    {
        "" or "identity" => http.Request.Body,
        "gzip" => new GZipStream(http.Request.Body, CompressionMode.Decompress),
        var other => throw new AwsException("SerializationException", 400, $"Content-Encoding {other} is not available on this server."),
    };
}

sealed record CloudWatchRequest(string Operation, ReadOnlyMemory<byte> Fields) : TranslatedRequest(Operation, Fields);
