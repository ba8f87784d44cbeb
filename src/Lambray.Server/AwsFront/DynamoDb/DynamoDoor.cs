using System.Collections.Frozen;
using System.Globalization;
using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;
using Lambray.Resources.DynamoDb;
using Lambray.Server.AwsFront.Downstream;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>The door of DynamoDB and of DynamoDB Streams: AWS JSON 1.0, the operation in <c>X-Amz-Target: DynamoDB_20120810.PutItem</c>.</summary>
public static class DynamoDoor
{
    // A transaction may bring 4 MB of items and a batch 16, which grow when they are escaped.
    const long RequestBytesMax = 32 * 1024 * 1024;
    const string ContentType = "application/x-amz-json-1.0";
    const string ChecksumHeader = "x-amz-crc32";
    const string TargetPrefix = "DynamoDB";

    static readonly FrozenDictionary<string, RequestDelegate> Operations = new Dictionary<string, RequestDelegate>
    {
        ["CreateTable"] = TableOperations.CreateTable,
        ["DescribeTable"] = TableOperations.DescribeTable,
        ["ListTables"] = TableOperations.ListTables,
        ["DeleteTable"] = TableOperations.DeleteTable,
        ["UpdateTable"] = TableUpdateOperation.UpdateTable,
        ["DescribeTimeToLive"] = TimeToLiveOperations.DescribeTimeToLive,
        ["UpdateTimeToLive"] = TimeToLiveOperations.UpdateTimeToLive,
        ["TagResource"] = TagOperations.TagResource,
        ["UntagResource"] = TagOperations.UntagResource,
        ["ListTagsOfResource"] = TagOperations.ListTagsOfResource,
        ["DescribeLimits"] = AccountOperations.DescribeLimits,
        ["DescribeEndpoints"] = AccountOperations.DescribeEndpoints,
        ["DescribeContinuousBackups"] = BackupOperations.DescribeContinuousBackups,
        ["UpdateContinuousBackups"] = BackupOperations.UpdateContinuousBackups,
        ["GetItem"] = ItemReadOperations.GetItem,
        ["PutItem"] = ItemWriteOperations.PutItem,
        ["UpdateItem"] = ItemWriteOperations.UpdateItem,
        ["DeleteItem"] = ItemWriteOperations.DeleteItem,
        ["Query"] = QueryOperation.Query,
        ["Scan"] = ScanOperation.Scan,
        ["BatchGetItem"] = BatchOperations.BatchGetItem,
        ["BatchWriteItem"] = BatchOperations.BatchWriteItem,
        ["TransactGetItems"] = TransactionOperations.TransactGetItems,
        ["TransactWriteItems"] = TransactionOperations.TransactWriteItems,
        ["ExecuteStatement"] = StatementOperations.ExecuteStatement,
        ["BatchExecuteStatement"] = StatementOperations.BatchExecuteStatement,
        ["ExecuteTransaction"] = StatementOperations.ExecuteTransaction,
        ["ListStreams"] = StreamOperations.ListStreams,
        ["DescribeStream"] = StreamOperations.DescribeStream,
        ["GetShardIterator"] = StreamOperations.GetShardIterator,
        ["GetRecords"] = StreamOperations.GetRecords,
    }.ToFrozenDictionary();

    public static readonly ServiceFront Front = new(
        AwsService.DynamoDb, routes => routes.MapPost("/", Serve), DynamoErrorFormat.WriteAsync, RequestBytesMax, request => OperationOf(request))
    {
        Downstream = new DownstreamForm("DynamoDB", Describe),
        Forwarding = DynamoForwarding.Form,
    };

    /// <exception cref="AwsException">SerializationException for what has another form.</exception>
    internal static T Read<T>(HttpContext http, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(http.Features.GetRequiredFeature<DynamoRequest>().Body.Span, WholeCollections.Of(type)) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException error)
        {
            throw DynamoErrors.NotSerializable(error.Message);
        }
    }

    /// <summary>Whose table it is, and how many items were asked for, to be shown in traces.</summary>
    internal static DynamoRequest Request(HttpContext http) => http.Features.GetRequiredFeature<DynamoRequest>();

    internal static Task WriteAsync<T>(HttpContext http, T answer, JsonTypeInfo<T> type) =>
        WriteAsync(http, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(answer, type));

    internal static Task WriteNothingAsync(HttpContext http) => WriteAsync(http, StatusCodes.Status200OK, "{}"u8.ToArray());

    /// <summary>With the checksum that SDKs hold the body to.</summary>
    internal static Task WriteAsync(HttpContext http, int status, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        http.Response.Headers[ChecksumHeader] = Crc32.HashToUInt32(body).ToString(CultureInfo.InvariantCulture);
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    internal static T Service<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();

    static async Task Serve(HttpContext http)
    {
        var request = new DynamoRequest(OperationOf(http.Request), await ReadBodyAsync(http));
        http.Features.Set(request);
        if (!Operations.TryGetValue(request.Operation, out var serve))
            throw new AwsException("NotImplemented", StatusCodes.Status501NotImplemented, $"{request.Operation} of DynamoDB is not available on this server.");
        await serve(http);
    }

    static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext http)
    {
        using var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.Length == 0 ? "{}"u8.ToArray() : body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    internal static string OperationOf(HttpRequest request) =>
        request.Headers["X-Amz-Target"] is [{ } target] && target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..] : "UnknownOperation";

    // As the X-Ray SDKs record these calls.
    static DownstreamDescription Describe(HttpContext http)
    {
        var request = http.Features.Get<DynamoRequest>();
        var isOfMany = request is { Tables.Count: > 0 } && (request.Operation.StartsWith("Batch", StringComparison.Ordinal) || request.Operation.Contains("Transact", StringComparison.Ordinal));
        return new DownstreamDescription(request?.Operation, ("table_name", isOfMany ? null : request?.Table), ("index_name", request?.Index))
        {
            Counts = [("count", request?.Count), ("scanned_count", request?.Scanned)],
            Lists = isOfMany ? [("table_names", request!.Tables)] : [],
        };
    }
}

/// <summary>A request as it was read, and what became known of it while it was served.</summary>
sealed record DynamoRequest(string Operation, ReadOnlyMemory<byte> Body)
{
    public string? Table { get; set; }

    /// <summary>All, of an operation on many items.</summary>
    public SortedSet<string> Tables { get; } = new(StringComparer.Ordinal);

    public string? Index { get; set; }

    public int? Count { get; set; }

    public int? Scanned { get; set; }
}
