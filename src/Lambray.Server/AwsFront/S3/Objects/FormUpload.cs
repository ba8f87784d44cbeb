using System.Text;
using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Bodies;
using Lambray.Resources.S3.Notifications;
using Lambray.Server.AwsFront.Authorization;
using Lambray.Server.AwsFront.Xml;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>PostObject: a file out of a browser's form ("POST Object" in the S3 API Reference).</summary>
static class FormUpload
{
    const int FieldsMax = 200;
    const int FieldBytesMax = 20 * 1024;

    public static async Task PostObject(HttpContext http)
    {
        var bucket = http.GetS3Target().Bucket;
        http.Service<BucketStore>().GetBucket(bucket);
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(http.Request.ContentType).Boundary).Value;
        if (boundary is null) throw new AwsException("MalformedPOSTRequest", 400, "The body of your POST request is not well-formed multipart/form-data.");
        var reader = new MultipartReader(boundary, http.Request.Body);
        var (fields, fileName, file) = await ReadFields(reader, http.RequestAborted);
        var key = (fields.GetValueOrDefault("key") ?? throw S3Errors.InvalidArgument("Bucket POST must contain a field named 'key'. If it is specified, please check the order of the fields."))
            .Replace("${filename}", fileName, StringComparison.Ordinal);
        RequestGate.AdmitForm(http, fields);
        RequestGate.Require(http, S3Permissions.OfKey(http, "PutObject", bucket, key));
        // What a form calls fields, other requests call headers.
        var headers = new HeaderDictionary();
        foreach (var (name, value) in fields) headers[name] = value;
        var wanted = new NewObject(bucket, key, ObjectHeaders.Read(headers))
        {
            Tags = fields.TryGetValue("tagging", out var tags) ? ObjectTags.ForObject(TaggingOperations.Read(S3Xml.Parse(new MemoryStream(Encoding.UTF8.GetBytes(tags)), "Tagging"))) : ObjectTags.None,
            Lock = LockHeaders.Read(headers, http.Service<TimeProvider>().GetUtcNow()),
        };
        var objects = http.Service<ObjectStore>();
        objects.CheckPut(wanted);
        var policy = FormPolicy.Read(fields, http.Service<TimeProvider>().GetUtcNow());
        policy?.Check(bucket, new Dictionary<string, string>(fields, StringComparer.OrdinalIgnoreCase) { ["key"] = key });
        using var body = await http.Service<BodyStore>().Receive(file, cancellation: http.RequestAborted);
        if (body.Size > UploadBody.BytesMax) throw S3Errors.EntityTooLarge();
        policy?.CheckSize(body.Size);
        var stored = await objects.PutObject(wanted, body, http.Origin(), eventName: ObjectEvent.CreatedByPost);
        await Answer(http, fields, stored);
    }

    /// <summary>Everything before the file, which comes last: what follows it is ignored.</summary>
    static async Task<(Dictionary<string, string> Fields, string FileName, Stream File)> ReadFields(MultipartReader reader, CancellationToken cancellation)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (name.Equals("file", StringComparison.OrdinalIgnoreCase))
                return (fields, HeaderUtilities.RemoveQuotes(disposition.FileName).ToString(), section.Body);
            if (fields.Count == FieldsMax) break;
            fields[name] = await ReadField(section.Body, cancellation);
        }
        throw S3Errors.InvalidArgument("POST requires exactly one file upload per request.");
    }

    static async Task<string> ReadField(Stream body, CancellationToken cancellation)
    {
        var bytes = new byte[FieldBytesMax + 1];
        var count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        if (count > FieldBytesMax)
            throw new AwsException("MaxPostPreDataLengthExceeded", 400, "Your POST request fields preceding the upload file were too large.");
        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    static Task Answer(HttpContext http, Dictionary<string, string> fields, StoredObject stored)
    {
        var response = http.Response;
        response.Headers.ETag = stored.ETag;
        http.WriteVersion(stored);
        var location = $"{http.Request.Scheme}://{http.Request.Host}/{stored.Bucket}/{S3Escaping.Escape(stored.Key)}";
        response.Headers.Location = location;
        if ((fields.GetValueOrDefault("success_action_redirect") ?? fields.GetValueOrDefault("redirect")) is { } redirect && Uri.TryCreate(redirect, UriKind.Absolute, out var page))
        {
            var separator = page.Query.Length > 0 ? '&' : '?';
            response.StatusCode = StatusCodes.Status303SeeOther;
            response.Headers.Location =
                $"{redirect}{separator}bucket={Uri.EscapeDataString(stored.Bucket)}&key={Uri.EscapeDataString(stored.Key)}&etag={Uri.EscapeDataString(stored.ETag)}";
            return Task.CompletedTask;
        }
        switch (fields.GetValueOrDefault("success_action_status"))
        {
            case "200":
                response.StatusCode = StatusCodes.Status200OK;
                return Task.CompletedTask;
            case "201":
                return http.WriteXml(StatusCodes.Status201Created, new XElement(
                    "PostResponse", new XElement("Location", location), new XElement("Bucket", stored.Bucket),
                    new XElement("Key", stored.Key), new XElement("ETag", stored.ETag)), S3Xml.ContentType);
            default:
                response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
        }
    }
}
