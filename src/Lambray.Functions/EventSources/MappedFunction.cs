using Lambray.Aws;
using Lambray.Functions.Invocation;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.EventSources;

/// <summary>Invokes a mapping's function with batches, and lets the mapping tell how that goes.</summary>
sealed class MappedFunction(EventSourceMapping mapping, EventSourceMappings mappings, Invoker invoker, TimeProvider time) : IBatchConsumer
{
    int told;

    public async Task<BatchOutcome> InvokeAsync(ReadOnlyMemory<byte> batch, TraceHeader trace, IReadOnlyList<TraceLink>? links = null)
    {
        var outcome = await RunAsync(Guid.NewGuid().ToString(), batch, trace, links ?? []);
        // A throttled batch was no attempt, and says nothing; neither does a queue's, whose mapping shows no result.
        if (outcome.Result != BatchResult.Throttled && mapping.Kind.ShowsProcessingResult)
            await mappings.TellAsync(mapping.Uuid, outcome.Result == BatchResult.Failed ? ProcessingResults.FunctionFailed : ProcessingResults.Good);
        // But that it could not be read is over.
        else if (!mapping.Kind.ShowsProcessingResult && Interlocked.Exchange(ref told, 1) == 0) await mappings.TellAsync(mapping.Uuid, null);
        return outcome;
    }

    async Task<BatchOutcome> RunAsync(string requestId, ReadOnlyMemory<byte> batch, TraceHeader trace, IReadOnlyList<TraceLink> links)
    {
        try
        {
            var request = new InvokeRequest(mapping.Function, requestId, batch, trace, ClientContext: null, time.GetUtcNow()) { Links = links };
            var result = await invoker.InvokeAsync(request);
            return new BatchOutcome(result.FunctionError is null ? BatchResult.Succeeded : BatchResult.Failed, requestId, result.Payload, result.ExecutedVersion);
        }
        catch (AwsException refusal)
        {
            var result = refusal.Status == 429 ? BatchResult.Throttled : BatchResult.Failed;
            return new BatchOutcome(result, requestId, ReadOnlyMemory<byte>.Empty, ExecutedVersion: null, refusal.Status);
        }
    }
}
