using System.Text;
using Lambray.Tracing.Intake;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>What senders of segments call: PutTraceSegments, and the daemon's PutTelemetryRecords.</summary>
static partial class SegmentOperations
{
    public static async Task PutTraceSegments(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Wire.PutTraceSegmentsRequest);
        var documents = XRayWire.Required(request.TraceSegmentDocuments, nameof(request.TraceSegmentDocuments));
        var intake = http.RequestServices.GetRequiredService<SegmentIntake>();
        var unprocessed = await intake.AcceptAsync([.. documents.Select(Utf8)]);
        await XRayWire.WriteAsync(http, new PutTraceSegmentsAnswer(unprocessed), XRayJson.Wire.PutTraceSegmentsAnswer);
    }

    /// <summary>A daemon's own figures: whoever runs the server should hear of lost segments, nobody else asks for them.</summary>
    public static async Task PutTelemetryRecords(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Wire.PutTelemetryRecordsRequest);
        var logger = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Lambray.XRay.Telemetry");
        foreach (var record in XRayWire.Required(request.TelemetryRecords, nameof(request.TelemetryRecords)))
        {
            if (record?.Timestamp is null) throw XRayWire.InvalidRequest("Each of TelemetryRecords needs a Timestamp.");
            if (record.SegmentsSpilloverCount + record.SegmentsRejectedCount > 0)
                LogLost(logger, Host(request), record.SegmentsSpilloverCount, record.SegmentsRejectedCount);
        }
        await XRayWire.WriteAsync(http, new EmptyAnswer(), XRayJson.Wire.EmptyAnswer);
    }

    static ReadOnlyMemory<byte> Utf8(string? document) => Encoding.UTF8.GetBytes(document ?? "");

    static string? Host(PutTelemetryRecordsRequest request) => request.Hostname ?? request.EC2InstanceId ?? request.ResourceARN;

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The X-Ray daemon of {Host} dropped {Dropped} segments for lack of room and rejected {Rejected}")]
    static partial void LogLost(ILogger logger, string? host, int dropped, int rejected);
}
