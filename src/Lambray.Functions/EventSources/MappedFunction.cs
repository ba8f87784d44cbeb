using Lambray.Aws;
using Lambray.Functions.Invocation;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.EventSources;

/// <summary>Invokes a mapping's function with batches, and lets the mapping tell how that goes.</summary>
sealed class MappedFunction(EventSourceMapping mapping, EventSourceMappings mappings, Invoker invoker, TimeProvider time) : IBatchConsumer
{
    public async Task<BatchOutcome> InvokeAsync(ReadOnlyMemory<byte> batch, TraceHeader trace)
    {
        var outcome = await RunAsync(Guid.NewGuid().ToString(), batch, trace);
        if (outcome.Result == BatchResult.Failed) await mappings.TellAsync(mapping.Uuid, ProcessingResults.FunctionFailed);
        // A throttled batch was no attempt, and says nothing.
        if (outcome.Result == BatchResult.Succeeded) await mappings.TellAsync(mapping.Uuid, mapping.Kind.ShowsProcessingResult ? ProcessingResults.Good : null);
        return outcome;
    }

    async Task<BatchOutcome> RunAsync(string requestId, ReadOnlyMemory<byte> batch, TraceHeader trace)
    {
        try
        {
            var result = await invoker.InvokeAsync(new InvokeRequest(mapping.Function, requestId, batch, trace, ClientContext: null, time.GetUtcNow()));
            return new BatchOutcome(result.FunctionError is null ? BatchResult.Succeeded : BatchResult.Failed, requestId, result.Payload, result.ExecutedVersion);
        }
        catch (AwsException refusal)
        {
            var result = refusal.Status == 429 ? BatchResult.Throttled : BatchResult.Failed;
            return new BatchOutcome(result, requestId, ReadOnlyMemory<byte>.Empty, ExecutedVersion: null);
        }
    }
}
