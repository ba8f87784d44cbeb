using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Server.AwsFront.Xml;

namespace Lambray.Server.AwsFront.S3;

/// <summary>Errors as S3 writes them: XML without a namespace, naming what the error is about.</summary>
static class S3ErrorFormat
{
    public static Task WriteError(HttpContext http, AwsException error)
    {
        S3Door.WriteIds(http);
        foreach (var (name, value) in error.Headers) http.Response.Headers[name] = value;
        var about = new XElement(ResourceName(error.Code), error.Resource ?? http.Request.Path.Value);
        return http.WriteXml(error.Status, new XElement(
            "Error",
            new XElement("Code", error.Code), new XElement("Message", error.Message), about,
            new XElement("RequestId", AwsCall.Of(http).RequestId), new XElement("HostId", S3Door.HostId(http))), S3Xml.ContentType);
    }

    static string ResourceName(string code) => code switch
    {
        "NoSuchKey" or "NoSuchVersion" => "Key",
        "NoSuchUpload" => "UploadId",
        "NoSuchBucket" or "BucketNotEmpty" or "BucketAlreadyOwnedByYou" or "InvalidBucketName" => "BucketName",
        "InvalidRange" => "RangeRequested",
        "InvalidTag" => "TagKey",
        _ => "Resource",
    };
}
