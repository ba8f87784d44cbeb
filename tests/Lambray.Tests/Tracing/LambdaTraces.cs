using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Tests.Tracing;

/// <summary>Traces as Lambda writes them, in their documents: the shapes that everything else is checked against.</summary>
static class LambdaTraces
{
    public static readonly TraceId Chain = TestSegments.Id("1-643aca1d-02e095f7341508e00b9b6d2b");
    public static readonly TraceId Asynchronous = TestSegments.Id("1-64de5070-34ff53fe0d2e1fbe64b28bef");

    /// <summary>API Gateway calls a function (cold), which writes to DynamoDB and calls a second one (warm); recorded in April 2023.</summary>
    public static readonly string[] ChainDocuments =
    [
        """{"id":"66083ccf00000001","name":"dev-todo-list-app/dev","start_time":1681574429.579,"trace_id":"1-643aca1d-02e095f7341508e00b9b6d2b","end_time":1681574431.023,"http":{"request":{"url":"https://api.example.com/dev/task","method":"POST","user_agent":"curl/8","client_ip":"203.0.113.9"},"response":{"status":201}},"annotations":{"aws:api_id":"a1b2","aws:api_stage":"dev"},"origin":"AWS::ApiGateway::Stage","resource_arn":"arn:aws:apigateway:us-east-1::/restapis/a1b2/stages/dev","subsegments":[{"id":"4c17ecc1b6cd296a","name":"Lambda","start_time":1681574429.581,"end_time":1681574431.023,"http":{"response":{"status":201,"content_length":12}},"aws":{"function_name":"todo-list-app-dev-postTask"},"namespace":"aws"}]}""",
        """{"id":"5f8d1a23aa89bd66","name":"todo-list-app-dev-postTask","start_time":1.681574429596E9,"trace_id":"1-643aca1d-02e095f7341508e00b9b6d2b","end_time":1.681574431021E9,"parent_id":"4c17ecc1b6cd296a","http":{"response":{"status":200}},"aws":{"request_id":"372607be-98bc-4960-bcb8-352704034263"},"origin":"AWS::Lambda","resource_arn":"arn:aws:lambda:us-east-1:000000000000:function:todo-list-app-dev-postTask"}""",
        """{"id":"03e476fc00000002","name":"todo-list-app-dev-postTask","start_time":1681574430.822835,"trace_id":"1-643aca1d-02e095f7341508e00b9b6d2b","end_time":1681574431.020667,"parent_id":"5f8d1a23aa89bd66","aws":{"account_id":"000000000000","function_arn":"arn:aws:lambda:us-east-1:000000000000:function:todo-list-app-dev-postTask","resource_names":["todo-list-app-dev-postTask"]},"origin":"AWS::Lambda::Function","subsegments":[{"id":"8a2b10d800000003","name":"Initialization","start_time":1681574429.970087,"end_time":1681574430.821593},{"id":"9a00f74200000004","name":"Invocation","start_time":1681574430.823048,"end_time":1681574431.019928},{"id":"03cea9c300000005","name":"Overhead","start_time":1681574431.019989,"end_time":1681574431.020532}]}""",
        """{"id":"b65ecbeb00000006","name":"DynamoDB","start_time":1681574430.842,"end_time":1681574430.924,"type":"subsegment","trace_id":"1-643aca1d-02e095f7341508e00b9b6d2b","parent_id":"9a00f74200000004","http":{"response":{"status":200}},"aws":{"retries":0,"region":"us-east-1","operation":"PutItem","table_name":"todo-list-tasks"},"namespace":"aws"}""",
        """{"id":"72196dbd00000007","name":"Lambda","start_time":1681574430.930,"end_time":1681574431.015,"type":"subsegment","trace_id":"1-643aca1d-02e095f7341508e00b9b6d2b","parent_id":"9a00f74200000004","http":{"response":{"status":200}},"aws":{"operation":"Invoke","function_name":"todo-list-app-dev-sendNotification"},"namespace":"aws"}""",
        """{"id":"3a04907000000008","name":"todo-list-app-dev-sendNotification","start_time":1681574430.979,"trace_id":"1-643aca1d-02e095f7341508e00b9b6d2b","end_time":1681574431.012,"parent_id":"72196dbd00000007","http":{"response":{"status":200}},"aws":{"request_id":"b"},"origin":"AWS::Lambda"}""",
        """{"id":"4dd5002f00000009","name":"todo-list-app-dev-sendNotification","start_time":1681574430.991934,"trace_id":"1-643aca1d-02e095f7341508e00b9b6d2b","end_time":1681574431.028152,"parent_id":"3a04907000000008","aws":{"account_id":"000000000000"},"origin":"AWS::Lambda::Function","subsegments":[{"id":"a53cba160000000a","name":"Invocation","start_time":1681574430.992068,"end_time":1681574430.995162},{"id":"6318618a0000000b","name":"Overhead","start_time":1681574430.995198,"end_time":1681574431.027965}]}""",
    ];

    /// <summary>An asynchronous invocation: the service segment as recorded, the function segment beneath its attempt.</summary>
    public static readonly string[] AsynchronousDocuments =
    [
        """{"id":"4174aefb49d05470","name":"my-function","start_time":1.692291184757E9,"trace_id":"1-64de5070-34ff53fe0d2e1fbe64b28bef","end_time":1.692291184772E9,"parent_id":"28793e67ea7098e3","http":{"response":{"status":202}},"aws":{"request_id":"63ea79ab-e338-4c12-a534-91a2dc43e2b0"},"origin":"AWS::Lambda","resource_arn":"arn:aws:lambda:us-east-1:000000000000:function:my-function","subsegments":[{"id":"7f27e935214d0df0","name":"Dwell Time","start_time":1.692291184757E9,"end_time":1.692291184802E9},{"id":"695ea167ab53c29f","name":"Attempt #1","start_time":1.692291184802E9,"end_time":1.692291185307E9,"http":{"response":{"status":200}}}]}""",
        """{"id":"5555aefb49d05471","name":"my-function","start_time":1.692291184810E9,"trace_id":"1-64de5070-34ff53fe0d2e1fbe64b28bef","end_time":1.692291185300E9,"parent_id":"695ea167ab53c29f","aws":{"account_id":"000000000000"},"origin":"AWS::Lambda::Function"}""",
    ];

    public static Trace Merged(TraceId id, IEnumerable<string> documents) => Trace.Merge(id, documents.Select(Read));

    public static SegmentEntity Read(string document) =>
        SegmentDocument.TryRead(TestSegments.Utf8(document), out var entity, out var rejection) ? entity : throw new InvalidDataException(rejection.Message);
}
