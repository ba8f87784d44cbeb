using Lambray.Tracing.Segments;
using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Tracing.ServiceGraph;

public class BuildingServiceGraphs
{
    [Fact]
    public void Draws_the_way_from_the_client_to_what_the_functions_used()
    {
        var graph = Graph(LambdaTraces.Merged(LambdaTraces.Chain, LambdaTraces.ChainDocuments));

        Assert.Equal(
            [
                "client dev-todo-list-app/dev -> AWS::ApiGateway::Stage dev-todo-list-app/dev",
                "AWS::ApiGateway::Stage dev-todo-list-app/dev -> AWS::Lambda todo-list-app-dev-postTask",
                "AWS::Lambda todo-list-app-dev-postTask -> AWS::Lambda::Function todo-list-app-dev-postTask",
                "AWS::Lambda::Function todo-list-app-dev-postTask -> AWS::Lambda todo-list-app-dev-sendNotification",
                "AWS::Lambda::Function todo-list-app-dev-postTask -> AWS::DynamoDB::Table todo-list-tasks",
                "AWS::Lambda todo-list-app-dev-sendNotification -> AWS::Lambda::Function todo-list-app-dev-sendNotification",
            ], Edges(graph));
        Assert.Equal(Enumerable.Range(0, graph.Count), graph.Select(node => node.ReferenceId));
        Assert.Equal("client", graph[0].Id.Type);
        Assert.Null(graph[0].Statistics);
        Assert.Equal(["dev-todo-list-app/dev"], graph.Where(node => node.Root).Select(node => node.Id.Name));
        Assert.Equal(["client", "AWS::DynamoDB::Table"], graph.Where(node => !node.Active).Select(node => node.Id.Type));
    }

    [Fact]
    public void Takes_an_edge_s_figures_from_the_caller_and_a_node_s_from_its_own_segments()
    {
        var graph = Graph(
            Segment(id: 1, name: "api", end: 10, subsegments: [Subsegment(id: 2, name: "work", subsegments: [Subsegment(id: 3, ns: "remote", end: 5, error: true)])]),
            Segment(id: 4, name: "stock", parent: 3, start: 1, end: 4));

        var stock = Node(graph, "stock", null);
        Assert.Equal(new CallStatistics(1, 0, 0, 0, 3), stock.Statistics);
        Assert.Equal([new HistogramEntry(3, 1)], stock.DurationHistogram);
        Assert.Equal(new CallStatistics(0, 0, 1, 0, 5), Assert.Single(Node(graph, "api", null).Edges).Statistics);
    }

    [Fact]
    public void Uses_the_called_segment_where_no_subsegment_tells_of_the_call()
    {
        var graph = Graph(LambdaTraces.Merged(LambdaTraces.Asynchronous, LambdaTraces.AsynchronousDocuments));

        var edge = Assert.Single(Node(graph, "my-function", "AWS::Lambda").Edges);
        Assert.Equal(0.490, edge.Statistics.TotalResponseTime, 6);
        Assert.Equal(0.490, Assert.Single(edge.Histogram).Value);
    }

    [Fact]
    public void Counts_a_call_with_several_flags_once()
    {
        var graph = Graph(
            Segment(id: 1, error: true, throttle: true, fault: true), Segment(id: 2, error: true, throttle: true), Segment(id: 3, error: true), Segment(id: 4),
            Segment(id: 5, end: null));

        var statistics = Node(graph, "orders", null).Statistics!;
        Assert.Equal((1, 1, 1, 1, 4), (statistics.FaultCount, statistics.ThrottleCount, statistics.OtherErrorCount, statistics.OkCount, statistics.TotalCount));
    }

    [Fact]
    public void Draws_one_node_for_a_service_whatever_its_sdk_calls_it()
    {
        var graph = Graph(
            Segment(subsegments: [Subsegment(id: 2, name: "S3", ns: "aws", end: 0.25), Subsegment(id: 3, name: "s3", ns: "aws", end: 0.5, error: true, fault: true)]));

        Assert.Equal(new CallStatistics(1, 0, 0, 1, 0.75), Node(graph, "S3", "AWS::S3").Statistics);
        Assert.Equal([new HistogramEntry(0.25, 1), new HistogramEntry(0.5, 1)], Assert.Single(Node(graph, "orders", null).Edges).Histogram);
    }

    [Fact]
    public void Names_nodes_after_the_resource_or_the_host_called()
    {
        var graph = Graph(Segment(subsegments:
        [
            Subsegment(id: 2, name: "dynamodb", ns: "aws", aws: """{"table_name":"items"}"""),
            Subsegment(id: 3, name: "SQS", ns: "aws", aws: """{"queue_url":"http://127.0.0.1:4566/000000000000/mail"}"""),
            Subsegment(id: 4, name: "api.example.com", ns: "remote"),
            Subsegment(id: 5, name: "shop@db.example.com", ns: "remote", sql: """{"sanitized_query":"SELECT 1"}"""),
        ]));

        Assert.Equal(
            ["api.example.com remote", "items AWS::DynamoDB::Table", "mail AWS::SQS::Queue", "shop@db.example.com Database::SQL"],
            graph.Where(node => !node.Active && node.Id.Type != "client").Select(node => $"{node.Id.Name} {node.Id.Type}"));
    }

    [Fact]
    public void Draws_a_function_that_invokes_itself_as_an_edge_back()
    {
        var graph = Graph(
            Segment(id: 1, name: "f", origin: "AWS::Lambda"),
            Segment(id: 2, name: "f", origin: "AWS::Lambda::Function", parent: 1, subsegments: [Subsegment(id: 3, name: "Lambda", ns: "aws")]),
            Segment(id: 4, name: "f", origin: "AWS::Lambda", parent: 3));

        Assert.Equal(
            ["client f -> AWS::Lambda f", "AWS::Lambda f -> AWS::Lambda::Function f", "AWS::Lambda::Function f -> AWS::Lambda f"], Edges(graph));
    }

    [Fact]
    public async Task Joins_a_consumer_to_where_its_message_went()
    {
        var sent = Trace.Merge(TestSegments.TraceId, [Segment(subsegments: [Subsegment(id: 2, name: "SQS", ns: "aws", end: 0.5, aws: """{"queue_url":"http://127.0.0.1/0/mail"}""")])]);
        var id = Id("1-6553f100-000000000000000000000002");
        var consumer = Segment(id: 3, name: "consumer", start: 2.5, end: 3, trace: id) with { Links = [new TraceLink(TestSegments.TraceId, new SegmentId(2), "parent")] };
        var taken = Trace.Merge(id, [consumer]);

        var linked = await LinkedWork.FindAsync(taken, other => ValueTask.FromResult(other == sent.Id ? sent : null));
        var builder = new ServiceGraphBuilder();
        builder.Add(GraphCounts.Of(taken, linked));
        builder.Add(GraphCounts.Of(sent, new Dictionary<TraceLink, LinkedWork>()));
        var graph = builder.Build();

        var edge = Assert.Single(Node(graph, "mail", "AWS::SQS::Queue").Edges);
        Assert.True(edge.Link);
        Assert.Equal([new HistogramEntry(2, 1)], edge.Histogram);
        Assert.Equal("consumer", graph[edge.TargetReferenceId].Id.Name);
    }

    static IReadOnlyList<ServiceNode> Graph(params SegmentEntity[] documents) => Graph(Trace.Merge(TestSegments.TraceId, documents));

    static IReadOnlyList<ServiceNode> Graph(Trace trace)
    {
        var builder = new ServiceGraphBuilder();
        builder.Add(GraphCounts.Of(trace, new Dictionary<TraceLink, LinkedWork>()));
        return builder.Build();
    }

    static ServiceNode Node(IReadOnlyList<ServiceNode> graph, string name, string? type) => graph.Single(node => node.Id.Name == name && node.Id.Type == type);

    static IEnumerable<string> Edges(IReadOnlyList<ServiceNode> graph) =>
        from node in graph
        from edge in node.Edges
        let target = graph.Single(other => other.ReferenceId == edge.TargetReferenceId)
        select $"{node.Id.Type} {node.Id.Name} -> {target.Id.Type} {target.Id.Name}";
}
