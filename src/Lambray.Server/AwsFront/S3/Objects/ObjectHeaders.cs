using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Lambray.Aws;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>The headers that describe an object, on its way in and out.</summary>
static class ObjectHeaders
{
    public const string WebsiteRedirect = "x-amz-website-redirect-location";
    const string UserPrefix = "x-amz-meta-";
    const string DefaultContentType = "binary/octet-stream";

    // Asked for and told back; nothing here is encrypted.
    static readonly string[] EncryptionNames =
    [
        "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id", "x-amz-server-side-encryption-bucket-key-enabled",
    ];

    static readonly string[] SystemNames =
    [
        "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Type", "Expires", WebsiteRedirect, .. EncryptionNames,
    ];

    static readonly FrozenSet<string> StorageClasses = FrozenSet.ToFrozenSet(
    [
        "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR", "EXPRESS_ONEZONE",
    ]);

    // A reader may ask for other values than the stored ones.
    static readonly (string Parameter, string Header)[] Overrides =
    [
        ("response-cache-control", "Cache-Control"), ("response-content-disposition", "Content-Disposition"),
        ("response-content-encoding", "Content-Encoding"), ("response-content-language", "Content-Language"),
        ("response-content-type", "Content-Type"), ("response-expires", "Expires"),
    ];

    /// <exception cref="AwsException">InvalidStorageClass or InvalidEncryptionAlgorithmError.</exception>
    public static ObjectMetadata Read(IHeaderDictionary headers)
    {
        var system = new Dictionary<string, string>();
        foreach (var name in SystemNames)
            if (headers[name].ToString() is { Length: > 0 } value) system[name] = value;
        if (system.GetValueOrDefault(EncryptionNames[0]) is not (null or "AES256" or "aws:kms" or "aws:kms:dsse"))
            throw new AwsException("InvalidEncryptionAlgorithmError", 400, "The encryption request you specified is not valid. Supported value: AES256.");
        // The chunks are the transport's, not the object's.
        if (system.TryGetValue("Content-Encoding", out var encodings) && WithoutChunks(encodings) is var rest)
            if (rest.Length > 0) system["Content-Encoding"] = rest;
            else system.Remove("Content-Encoding");
        system.TryAdd("Content-Type", DefaultContentType);
        if (ReadStorageClass(headers) is { } storageClass) system[ObjectMetadata.StorageClassName] = storageClass;
        var user = headers.Where(header => header.Key.StartsWith(UserPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key[UserPrefix.Length..].ToLowerInvariant(), header => header.Value.ToString());
        return new ObjectMetadata(system, user);
    }

    /// <summary>What a copy takes over: all but where and how the source was kept.</summary>
    public static ObjectMetadata ReadForCopy(IHeaderDictionary headers, ObjectMetadata source)
    {
        var asked = Read(headers);
        string[] ofPlace = [WebsiteRedirect, ObjectMetadata.StorageClassName, .. EncryptionNames];
        var system = source.System.Where(pair => !ofPlace.Contains(pair.Key)).Concat(asked.System.Where(pair => ofPlace.Contains(pair.Key)));
        return source with { System = system.ToDictionary() };
    }

    public static void Write(HttpContext http, StoredObject stored)
    {
        var headers = http.Response.Headers;
        WriteValidators(http, stored);
        headers.AcceptRanges = "bytes";
        foreach (var (name, value) in stored.Metadata.System) headers[name] = Printable(value);
        foreach (var (name, value) in stored.Metadata.User) headers[UserPrefix + name] = Printable(value);
        foreach (var (parameter, header) in Overrides)
            if (http.Request.Query[parameter].ToString() is { Length: > 0 } value) headers[header] = Printable(value);
        if (stored.Tags.Count > 0) headers["x-amz-tagging-count"] = stored.Tags.Count.ToString(CultureInfo.InvariantCulture);
        LockHeaders.Write(headers, stored.Lock);
    }

    public static void WriteValidators(HttpContext http, StoredObject stored)
    {
        http.Response.Headers.ETag = stored.ETag;
        http.Response.Headers.LastModified = stored.LastModified.ToString("R", CultureInfo.InvariantCulture);
        http.WriteVersion(stored);
    }

    /// <summary>How it is encrypted, as far as it was asked to be.</summary>
    public static void WriteEncryption(HttpContext http, ObjectMetadata metadata)
    {
        foreach (var name in EncryptionNames)
            if (metadata.System.TryGetValue(name, out var value)) http.Response.Headers[name] = value;
    }

    static string? ReadStorageClass(IHeaderDictionary headers)
    {
        if (headers[ObjectMetadata.StorageClassName].FirstOrDefault() is not { } name) return null;
        if (!StorageClasses.Contains(name)) throw new AwsException("InvalidStorageClass", 400, "The storage class you specified is not valid") { Resource = name };
        // S3 does not write the usual one.
        return name == "STANDARD" ? null : name;
    }

    static string WithoutChunks(string encodings) => string.Join(
        ",", encodings.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(encoding => encoding != "aws-chunked"));

    /// <summary>Headers are ASCII; S3 gives back anything else in the way of RFC 2047.</summary>
    static string Printable(string value) => value.All(character => character is >= ' ' and <= '~')
        ? value
        : $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";
}
