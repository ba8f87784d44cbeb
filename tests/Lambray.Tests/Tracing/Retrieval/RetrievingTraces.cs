using Lambray.Aws;
using Lambray.Tests.Server;
using Lambray.Tracing.Retrieval;
using Lambray.Tracing.TraceQuery;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Tracing.Retrieval;

public sealed class RetrievingTraces
{
    static readonly DateTimeOffset Noon = TestSegments.At(0).ToDateTimeOffset();

    readonly FakeTimeProvider time = new(Noon);
    readonly TraceRetrievals retrievals;

    public RetrievingTraces() => retrievals = new TraceRetrievals(_ => ValueTask.FromResult<Trace?>(null), time, NullLogger<TraceRetrievals>.Instance);

    [Fact]
    public async Task A_retrieval_times_out_after_an_hour_and_is_forgotten_after_another()
    {
        var token = Start();
        await Eventually.HoldsAsync(() => Status(token) == RetrievalStatus.Complete, "the retrieval is complete");

        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(RetrievalStatus.Complete, Status(token));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RetrievalStatus.Timeout, Status(token));
        time.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal("ResourceNotFoundException", Assert.Throws<AwsException>(() => Status(token)).Code);
    }

    [Fact]
    public void No_more_are_taken_than_can_be_remembered_until_some_are_over()
    {
        for (var count = 0; count < 1_000; count++) Start();
        Assert.Equal("ThrottledException", Assert.Throws<AwsException>(Start).Code);

        time.Advance(TimeSpan.FromHours(2));
        Start();
    }

    string Start() => retrievals.Start([TestSegments.TraceId.ToString()], Noon, Noon.AddHours(1));

    RetrievalStatus Status(string token) => retrievals.Get(token).Status;
}
