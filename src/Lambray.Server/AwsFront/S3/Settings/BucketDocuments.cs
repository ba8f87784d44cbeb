using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Settings;
using Lambray.Server.AwsFront.S3.Cors;
using Lambray.Server.AwsFront.S3.Objects;

namespace Lambray.Server.AwsFront.S3.Settings;

/// <summary>The settings of buckets that are kept as documents, and the operations on them.</summary>
/// <remarks>But for CORS none of them changes what this server does; applications and infrastructure tools put them and ask for them.</remarks>
static class BucketDocuments
{
    const int PageMax = 100;

    /// <summary>Stands where an initial setting was deleted.</summary>
    const string Deleted = "";

    public static readonly BucketDocument Cors = new("cors", "BucketCors", "CORSConfiguration")
    {
        Missing = ("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
        Check = CorsRule.Check,
        Required = "CORSRule/AllowedMethod",
    };

    public static readonly BucketDocument Ownership = new("ownershipControls", "BucketOwnershipControls", "OwnershipControls")
    {
        Missing = ("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
        Initial = S3Xml.Element("OwnershipControls", S3Xml.Element("Rule", S3Xml.Element("ObjectOwnership", "BucketOwnerEnforced"))),
        Required = "Rule/ObjectOwnership",
    };

    public static readonly BucketDocument AccessBlock = new("publicAccessBlock", "PublicAccessBlock", "PublicAccessBlockConfiguration")
    {
        Missing = ("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"),
        Initial = S3Xml.Element(
            "PublicAccessBlockConfiguration", S3Xml.Element("BlockPublicAcls", true), S3Xml.Element("IgnorePublicAcls", true),
            S3Xml.Element("BlockPublicPolicy", true), S3Xml.Element("RestrictPublicBuckets", true)),
        Check = CompleteAccessBlock,
    };

    static readonly BucketDocument[] All =
    [
        Cors,
        Ownership,
        new("encryption", "BucketEncryption", "ServerSideEncryptionConfiguration")
        {
            // Deleting it brings the initial one back.
            Initial = S3Xml.Element("ServerSideEncryptionConfiguration", S3Xml.Element(
                "Rule", S3Xml.Element("ApplyServerSideEncryptionByDefault", S3Xml.Element("SSEAlgorithm", "AES256")), S3Xml.Element("BucketKeyEnabled", false))),
            Required = "Rule/ApplyServerSideEncryptionByDefault/SSEAlgorithm",
        },
        AccessBlock,
        new("lifecycle", "BucketLifecycleConfiguration", "LifecycleConfiguration")
        {
            Missing = ("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
            Required = "Rule/Status",
            Check = NameRules,
        },
        new("tagging", "BucketTagging", "Tagging")
        {
            Missing = ("NoSuchTagSet", "The TagSet does not exist"),
            Check = document => ObjectTags.ForBucket(TaggingOperations.Read(document)),
            PutStatus = StatusCodes.Status204NoContent,
        },
        new("website", "BucketWebsite", "WebsiteConfiguration")
        {
            Missing = ("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
        },
        new("replication", "BucketReplication", "ReplicationConfiguration")
        {
            Missing = ("ReplicationConfigurationNotFoundError", "The replication configuration was not found"),
            Required = "Rule/Status",
        },
        new("logging", "BucketLogging", "BucketLoggingStatus") { Initial = S3Xml.Element("BucketLoggingStatus"), CanBeDeleted = false },
        new("requestPayment", "BucketRequestPayment", "RequestPaymentConfiguration")
        {
            Initial = S3Xml.Element("RequestPaymentConfiguration", S3Xml.Element("Payer", "BucketOwner")),
            CanBeDeleted = false,
            Required = "Payer",
        },
        new("accelerate", "BucketAccelerateConfiguration", "AccelerateConfiguration")
        {
            Initial = S3Xml.Element("AccelerateConfiguration"),
            CanBeDeleted = false,
            Required = "Status",
        },
        Several("analytics", "BucketAnalyticsConfiguration", "AnalyticsConfiguration", "ListBucketAnalyticsConfigurationsResult"),
        Several("intelligent-tiering", "BucketIntelligentTieringConfiguration", "IntelligentTieringConfiguration", "ListBucketIntelligentTieringConfigurationsResult"),
        Several("inventory", "BucketInventoryConfiguration", "InventoryConfiguration", "ListInventoryConfigurationsResult"),
        Several("metrics", "BucketMetricsConfiguration", "MetricsConfiguration", "ListMetricsConfigurationsResult"),
    ];

    /// <summary>By method and subject.</summary>
    public static IEnumerable<KeyValuePair<(string Method, string Subject), S3Operation>> Operations => All.SelectMany(OperationsOf);

    /// <summary>What a bucket has of this kind; null when nothing is set.</summary>
    /// <exception cref="AwsException">NoSuchBucket.</exception>
    public static XElement? Find(HttpContext http, BucketDocument kind, string bucket, string id = "") =>
        http.Service<BucketSettings>().Find(bucket, kind.Subject, id) switch
        {
            null => kind.Initial,
            Deleted => null,
            var document => XElement.Parse(document),
        };

    static IEnumerable<KeyValuePair<(string, string), S3Operation>> OperationsOf(BucketDocument kind)
    {
        yield return new(("PUT", kind.Subject), new("Put" + kind.Operation, http => Put(http, kind)));
        yield return new(("GET", kind.Subject), new("Get" + kind.Operation, http => Get(http, kind)));
        // The lifecycle's is called otherwise, and only that.
        if (kind.CanBeDeleted)
            yield return new(("DELETE", kind.Subject), new("Delete" + kind.Operation.Replace("LifecycleConfiguration", "Lifecycle", StringComparison.Ordinal), http => Delete(http, kind)));
    }

    static async Task Put(HttpContext http, BucketDocument kind)
    {
        var document = await http.ReadXml(kind.Root);
        kind.RequireValid(document);
        var id = IdOf(http, kind);
        if (kind.ListRoot is not null && document.Text("Id") != id) throw S3Errors.InvalidArgument("Id in query and document do not match.");
        await http.Service<BucketSettings>().Put(http.GetS3Target().Bucket, kind.Subject, document.ToString(SaveOptions.DisableFormatting), id);
        WriteTransition(http, kind);
        http.Response.StatusCode = kind.PutStatus;
    }

    static Task Get(HttpContext http, BucketDocument kind)
    {
        var bucket = http.GetS3Target().Bucket;
        if (kind.ListRoot is not null && !http.Request.Query.ContainsKey("id")) return List(http, kind, kind.ListRoot, bucket);
        WriteTransition(http, kind);
        return http.WriteXml(Find(http, kind, bucket, IdOf(http, kind)) ?? throw kind.NotSet());
    }

    static async Task Delete(HttpContext http, BucketDocument kind)
    {
        var (settings, bucket) = (http.Service<BucketSettings>(), http.GetS3Target().Bucket);
        var id = IdOf(http, kind);
        if (kind.ListRoot is not null && settings.Find(bucket, kind.Subject, id) is null) throw kind.NotSet();
        if (kind is { Initial: not null, Missing: not null }) await settings.Put(bucket, kind.Subject, Deleted, id);
        else await settings.Delete(bucket, kind.Subject, id);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    static Task List(HttpContext http, BucketDocument kind, string root, string bucket)
    {
        var token = http.Request.Query["continuation-token"].ToString();
        var found = http.Service<BucketSettings>().List(bucket, kind.Subject, token, PageMax + 1).Select(document => XElement.Parse(document)).ToList();
        var isTruncated = found.Count > PageMax;
        var page = found.Take(PageMax).ToList();
        var list = S3Xml.Element(root, S3Xml.Element("IsTruncated", isTruncated));
        if (token.Length > 0) list.Add(S3Xml.Element("ContinuationToken", token));
        if (isTruncated) list.Add(S3Xml.Element("NextContinuationToken", page[^1].Text("Id")));
        list.Add(page);
        return http.WriteXml(list);
    }

    static string IdOf(HttpContext http, BucketDocument kind)
    {
        if (kind.ListRoot is null) return "";
        return http.Request.Query["id"].FirstOrDefault() is { Length: > 0 } id ? id : throw S3Errors.InvalidArgument("The configuration ID is missing.");
    }

    static BucketDocument Several(string subject, string operation, string root, string listRoot) => new(subject, operation, root)
    {
        Missing = ("NoSuchConfiguration", "The specified configuration does not exist."),
        ListRoot = listRoot,
        Required = "Id",
        PutStatus = StatusCodes.Status200OK,
    };

    // What is left out is not blocked.
    static void CompleteAccessBlock(XElement document)
    {
        foreach (var name in (ReadOnlySpan<string>)["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"])
            if (document.Child(name) is null) document.Add(new XElement(document.Name.Namespace + name, false));
    }

    static void NameRules(XElement document)
    {
        foreach (var rule in document.Children("Rule"))
            if (rule.Child("ID") is null) rule.AddFirst(new XElement(rule.Name.Namespace + "ID", Guid.NewGuid().ToString()));
        if (document.Children("Rule").DistinctBy(rule => rule.Text("ID")).Count() < document.Children("Rule").Count())
            throw S3Errors.InvalidArgument("Rule ID must be unique. Found same ID for more than one rule");
    }

    // Infrastructure tools wait for this header to become what they asked for.
    static void WriteTransition(HttpContext http, BucketDocument kind)
    {
        const string header = "x-amz-transition-default-minimum-object-size";
        if (kind.Subject == "lifecycle") http.Response.Headers[header] = http.Request.Headers[header].FirstOrDefault() ?? "all_storage_classes_128K";
    }
}
