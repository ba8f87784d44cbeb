using System.Globalization;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Tracing.TraceQuery;

/// <summary>Small traces and filter expressions made of few words, so that they often meet.</summary>
sealed class RandomTraces(int seed)
{
    static readonly string[] Names = ["api", "stock", "f"];
    static readonly string?[] Types = [null, "AWS::Lambda", "AWS::Lambda::Function"];
    static readonly string[] Words = ["a", "b", "x\"y\\z"];
    static readonly string[] Flags = ["ok", "error", "fault", "throttle", "partial", "inferred"];
    static readonly string[] HttpTexts = ["http.url", "http.method", "http.useragent"];
    static readonly string[] SegmentTexts = ["user", "name", "type", "message", "availabilityzone", "instance.id", "resource.arn"];

    readonly Random random = new(seed);
    readonly List<TraceSummary> made = [];

    public TraceSummary AnySummary() => made.Count < 20 ? Summary() : made[random.Next(made.Count)];

    public TraceSummary Summary()
    {
        var nextId = 1ul;
        var segments = new List<SegmentEntity>();
        var callers = new List<ulong?> { null };
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var calls = Enumerable.Range(0, random.Next(3)).Select(_ => Call(ref nextId)).ToArray();
            segments.Add(Segment(
                id: nextId++, name: One(Names), origin: One(Types), parent: One(callers), end: Chance(0.1) ? null : random.Next(12) / 2.0,
                fault: Chance(0.3), error: Chance(0.3), throttle: Chance(0.1), user: Chance(0.3) ? One(Words) : null,
                arn: Chance(0.3) ? One(Words) : null,
                aws: Chance(0.3) ? """{"account_id":"1","ec2":{"instance_id":"a","availability_zone":"b"}}""" : null,
                http: Chance(0.6) ? new HttpCall(new HttpRequestPart(One(["GET", "PUT"]), One(Words)), new HttpResponsePart(One([200, 201, 404, 500]))) : null,
                annotations: Annotations(), subsegments: calls));
            callers.AddRange(calls.Select(call => (ulong?)call.Id.Value));
        }
        var summary = TraceSummary.Of(Trace.Merge(TestSegments.TraceId, segments))!;
        made.Add(summary);
        return summary;
    }

    public string Expression(int depth = 3) => Condition(depth, () => random.Next(6) switch
    {
        0 => $"service({Node()}){Braces(() => Simple(SegmentTexts))}",
        1 => $"edge({(Chance(0.3) ? "" : $"{Node("id()")}, {Node("id()")}")}){Braces(EdgeTest)}",
        2 => RootCause(),
        _ => Simple(SegmentTexts),
    });

    public string BrokenExpression()
    {
        var text = Expression().ToList();
        for (var change = random.Next(4); change > 0 && text.Count > 0; change--)
        {
            var at = random.Next(text.Count);
            if (Chance(0.5)) text.RemoveAt(at);
            else text.Insert(at, One("(){}[]!=<>\"\\#,:.-&\ud800 1aeé\0".ToCharArray()));
        }
        return string.Concat(text);
    }

    Subsegment Call(ref ulong nextId) => Subsegment(
        id: nextId++, name: One(Names), ns: One([null, "aws", "remote"]), end: Chance(0.1) ? null : random.Next(12) / 2.0, fault: Chance(0.3), error: Chance(0.3),
        throttle: Chance(0.1), status: Chance(0.5) ? One([200, 404]) : null,
        cause: Chance(0.2) ? new Cause(Exceptions: [new TracedException(Type: One(Words), Message: One(Words))]) : null);

    Dictionary<string, AnnotationValue> Annotations()
    {
        var annotations = new Dictionary<string, AnnotationValue>();
        if (Chance(0.5)) annotations["k"] = random.Next(3) switch
        {
            0 => One(Words),
            1 => One([0.0, -0.0, 1.5, 1e20]),
            _ => Chance(0.5),
        };
        return annotations;
    }

    string Condition(int depth, Func<string> test) => (depth == 0 ? 9 : random.Next(8)) switch
    {
        0 => $"{Condition(depth - 1, test)} AND {Condition(depth - 1, test)}",
        1 => $"{Condition(depth - 1, test)} {Condition(depth - 1, test)}",
        2 => $"{Condition(depth - 1, test)} or {Condition(depth - 1, test)}",
        3 => $"({Condition(depth - 1, test)})",
        4 => $"!({Condition(depth - 1, test)})",
        5 => $"!{test()}",
        _ => test(),
    };

    string Simple(string[] texts) => random.Next(5) switch
    {
        0 => Flag(Flags),
        1 => Number(["responsetime", "duration", "http.status"]),
        2 => Text(HttpTexts),
        3 => $"annotation{One([".k", "[k]", "[\"k\"]"])}{One(["", $" = {Quoted()}", $" != {Quoted()}", $" {Operator()} {Limit()}", " = true", " != true"])}",
        _ => Text(texts),
    };

    string EdgeTest() => random.Next(3) switch
    {
        0 => Flag(Flags),
        1 => Number(["responsetime", "http.status"]),
        _ => $"{One(["source", "destination"])}.{Simple(SegmentTexts)}",
    };

    string RootCause() => random.Next(4) switch
    {
        0 => $"rootcause.{One(["fault", "error", "responsetime"])}.service{Braces(() => Cause(["name", "type"]))}",
        1 => $"rootcause.{One(["fault", "error"])}.entity{Braces(() => Cause(["name"]))}",
        2 => $"rootcause.{One(["fault", "error"])}.exception{Braces(() => Cause(["name", "message"]))}",
        _ => $$"""json = #[{"Services":[{"Name":"{{One(Names)}}"}{{One(["", ",{}"])}}]}]""",
    };

    string Cause(string[] texts) => random.Next(3) switch
    {
        0 => Flag(["first", "last"]),
        1 => Number(["index"]),
        _ => Text(texts),
    };

    string Braces(Func<string> test) => Chance(0.6) ? $" {{ {Condition(2, test)} }}" : "";

    string Node(string any = "") => random.Next(4) switch
    {
        0 => any,
        1 => $"id(type: \"{One(["AWS::Lambda", "AWS::Lambda::Function", "client", "remote"])}\")",
        2 => $"id(name: \"{One(Names)}\", account.id: \"1\")",
        _ => $"\"{One(Names)}\"",
    };

    string Flag(string[] keywords) => One(keywords) + One(["", " = true", " = false", " != true"]);

    string Number(string[] keywords) => One(keywords) + One(["", $" {Operator()} {Limit()}", $"{Operator()}{Limit()}"]);

    string Text(string[] keywords) => One(keywords) + One(["", $" = {Quoted()}", $" = \"{One(Names)}\"", $" != {Quoted()}", $" contains {Quoted()}", " BEGINSWITH \"\""]);

    string Operator() => One(["=", "!=", "<", "<=", ">", ">="]);

    string Limit() => One([0, 1.5, 2, 5, 200, 404, 1e20]).ToString(CultureInfo.InvariantCulture);

    string Quoted() => $"\"{One(Words).Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    bool Chance(double probability) => random.NextDouble() < probability;

    T One<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
