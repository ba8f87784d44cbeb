namespace Lambray.Bench.Functions;

/// <summary>All that is measured. Their sources are in <c>bench/functions</c>.</summary>
sealed class Subjects(Workplace place)
{
    /// <summary>A custom runtime in C, which costs next to nothing itself.</summary>
    public Subject NativeLoop { get; } = new("native loop", "provided.al2023", "none", "native-loop") { Bare = new(place.Built("bare/next")) };

    public Subject NodeJs { get; } = new("nodejs", "nodejs20.x", "index.handler", "nodejs") { Bare = new("node", place.Built("bare/next.cjs")) };

    public Subject Python { get; } = new("python", "python3.11", "index.handler", "python") { Bare = new("python3", place.Built("bare/next.py")) };

    public Subject Ruby { get; } = new("ruby", "ruby3.2", "index.handler", "ruby") { Bare = new("ruby", place.Built("bare/next.rb")) };

    public Subject Java { get; } = new("java", "java17", "NoOp::handle", "java") { Bare = new("java", "-cp", place.Built("bare"), "Next") };

    public Subject DotNet { get; } = new("dotnet", "dotnet10", "NoOp::NoOp.Function::Handle", "csharp") { Bare = new("dotnet", place.Built("bare/csharp/Next.dll")) };

    /// <summary>AWS's own runtime client for Node.js, which a wrapper script puts in the place of our bootstrap.</summary>
    public Subject AwsNodeJsClient { get; } = new("aws-lambda-ric", "nodejs20.x", "index.handler", "aws-lambda-ric")
    {
        Variables = new Dictionary<string, string> { ["AWS_LAMBDA_EXEC_WRAPPER"] = "/var/task/wrapper" },
    };

    public IReadOnlyList<Subject> Warm => [NativeLoop, NodeJs, Python, AwsNodeJsClient];

    /// <summary>Those that an interpreter of this machine runs.</summary>
    public IReadOnlyList<Subject> Managed => [NodeJs, Python, Ruby, Java, DotNet];

    public IReadOnlyList<Subject> Cold => [NativeLoop, .. Managed];

    /// <summary>Those whose runtimes can be started before their function is known.</summary>
    public IReadOnlyList<Subject> Prestarted => [NodeJs, Python, Ruby, DotNet];
}
