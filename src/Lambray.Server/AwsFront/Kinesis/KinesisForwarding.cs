using Lambray.Aws.Signing;
using Lambray.Server.AwsFront.Forwarding;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>Streams of another server; traces show which of them a function called.</summary>
sealed class KinesisForwarding(ForwardTarget target, TimeProvider time) : ServiceForwarding(Name, target, new RequestSigner(Name, target.Region, time))
{
    public const string Name = "kinesis";

    protected override async Task RecognizeAsync(HttpContext http)
    {
        var called = await KinesisForm.ReadAsync(http, KinesisJson.Default.StreamTarget);
        if ((called.StreamName ?? (called.StreamArn?.Split('/') is [_, var named, ..] ? named : null)) is { } name) http.Features.Set(new CalledStream(name));
    }
}
