using System.Globalization;
using System.Text;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3;

/// <summary>The headers that describe an object, on its way in and out.</summary>
static class ObjectHeaders
{
    const string UserPrefix = "x-amz-meta-";
    const string DefaultContentType = "binary/octet-stream";

    static readonly string[] SystemNames =
    [
        "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Type", "Expires", "x-amz-website-redirect-location",
    ];

    // A reader may ask for other values than the stored ones.
    static readonly (string Parameter, string Header)[] Overrides =
    [
        ("response-cache-control", "Cache-Control"), ("response-content-disposition", "Content-Disposition"),
        ("response-content-encoding", "Content-Encoding"), ("response-content-language", "Content-Language"),
        ("response-content-type", "Content-Type"), ("response-expires", "Expires"),
    ];

    public static ObjectMetadata Read(IHeaderDictionary headers)
    {
        var system = new Dictionary<string, string>();
        foreach (var name in SystemNames)
            if (headers[name].ToString() is { Length: > 0 } value) system[name] = value;
        // The chunks are the transport's, not the object's.
        if (system.TryGetValue("Content-Encoding", out var encodings) && WithoutChunks(encodings) is var rest)
            if (rest.Length > 0) system["Content-Encoding"] = rest;
            else system.Remove("Content-Encoding");
        system.TryAdd("Content-Type", DefaultContentType);
        var user = headers.Where(header => header.Key.StartsWith(UserPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key[UserPrefix.Length..].ToLowerInvariant(), header => header.Value.ToString());
        return new ObjectMetadata(system, user);
    }

    public static void Write(HttpContext http, StoredObject stored)
    {
        var headers = http.Response.Headers;
        WriteValidators(headers, stored);
        headers.AcceptRanges = "bytes";
        foreach (var (name, value) in stored.Metadata.System) headers[name] = Printable(value);
        foreach (var (name, value) in stored.Metadata.User) headers[UserPrefix + name] = Printable(value);
        foreach (var (parameter, header) in Overrides)
            if (http.Request.Query[parameter].ToString() is { Length: > 0 } value) headers[header] = Printable(value);
    }

    public static void WriteValidators(IHeaderDictionary headers, StoredObject stored)
    {
        headers.ETag = stored.ETag;
        headers.LastModified = stored.LastModified.ToString("R", CultureInfo.InvariantCulture);
    }

    public static void WriteChecksum(IHeaderDictionary headers, Checksum checksum)
    {
        headers[ChecksumHeaders.Name(checksum.Algorithm)] = checksum.Base64;
        headers["x-amz-checksum-type"] = "FULL_OBJECT";
    }

    static string WithoutChunks(string encodings) => string.Join(
        ",", encodings.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(encoding => encoding != "aws-chunked"));

    /// <summary>Headers are ASCII; S3 gives back anything else in the way of RFC 2047.</summary>
    static string Printable(string value) => value.All(character => character is >= ' ' and <= '~')
        ? value
        : $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";
}
