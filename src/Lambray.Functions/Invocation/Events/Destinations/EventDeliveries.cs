using Lambray.Aws;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Invocation.Events.Destinations;

/// <summary>Delivers to whichever services there are, trying a few times.</summary>
public sealed partial class EventDeliveries(IEnumerable<IEventDestination> destinations, TimeProvider time, ILogger<EventDeliveries> logger)
{
    static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10)];

    readonly Dictionary<string, IEventDestination> byService = destinations.ToDictionary(destination => destination.Service);

    /// <returns>False when it could not be delivered; the server's log says why.</returns>
    public async Task<bool> DeliverAsync(EventDelivery delivery, CancellationToken stop)
    {
        if (!byService.TryGetValue(delivery.Target.Service, out var destination))
        {
            LogNotThere(delivery.Target.ToString(), delivery.Function, delivery.Target.Service);
            return false;
        }
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await destination.DeliverAsync(delivery);
                return true;
            }
            catch (Exception error) when (error is AwsException or IOException)
            {
                // What the target refuses now it would refuse again.
                var isHopeless = error is AwsException { Status: >= 400 and < 500 and not 429 } || attempt == Waits.Length;
                LogFailed(delivery.Target.ToString(), delivery.Function, isHopeless ? "given up" : "it is tried again", error);
                if (isHopeless) return false;
            }
            await Task.Delay(Waits[attempt], time, stop);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Target} of function {Function} got no record: the service '{Service}' is not available on this server")]
    partial void LogNotThere(string target, string function, string service);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Target} of function {Function} got no record; {Consequence}")]
    partial void LogFailed(string target, string function, string consequence, Exception error);
}
