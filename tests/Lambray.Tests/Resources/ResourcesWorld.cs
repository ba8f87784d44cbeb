using Lambray.Aws;
using Lambray.Resources;
using Lambray.Resources.Iam;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Bodies;
using Lambray.Resources.S3.Multipart;
using Lambray.Storage;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.Time.Testing;

namespace Lambray.Tests.Resources;

/// <summary>The resources of one account, over a data directory.</summary>
sealed class ResourcesWorld : IAsyncDisposable
{
    public ResourcesWorld(string dataDirectory)
    {
        Database = ResourcesDatabase.Open(dataDirectory);
        var iam = new IamStore(Database, Home, Time);
        Policies = new ManagedPolicies(iam);
        Held = new HeldPolicies(iam, Policies);
        Iam = new IamDirectory(iam, Held, Time);
        Users = new UserDirectory(iam, Held);
        Keys = new AccessKeys(iam);
        Tokens = new SecurityTokens(iam, Iam, Keys);
        Bodies = new BodyStore(Database, new ObjectFiles(dataDirectory));
        Changes = new ObjectChanges(Database, Bodies);
        Buckets = new BucketStore(Database, Changes, Home, Time);
        Objects = new ObjectStore(Database, Bodies, Changes, Time);
        Uploads = new MultipartUploads(Database, Changes, Time);
    }

    public AwsHome Home { get; } = new("123456789012", "eu-central-1");
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    public SqliteDatabase Database { get; }
    public ManagedPolicies Policies { get; }
    public HeldPolicies Held { get; }
    public IamDirectory Iam { get; }
    public UserDirectory Users { get; }
    public AccessKeys Keys { get; }
    public SecurityTokens Tokens { get; }
    public BucketStore Buckets { get; }
    public BodyStore Bodies { get; }
    public ObjectChanges Changes { get; }
    public ObjectStore Objects { get; }
    public MultipartUploads Uploads { get; }

    /// <summary>Somebody who changes objects.</summary>
    public RequestOrigin Somebody { get; } = new("REQUEST", "HOST", "127.0.0.1", "AKIDEXAMPLE", TraceHeader.Parse(null));

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
