using System.Text;
using Lambray.Tracing;
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

    /// <summary>A daemon's own figures: they are added up for <c>/metrics</c>, and whoever runs the server should hear of lost segments.</summary>
    public static async Task PutTelemetryRecords(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Wire.PutTelemetryRecordsRequest);
        var logger = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Lambray.XRay.Telemetry");
        var telemetry = http.RequestServices.GetRequiredService<DaemonTelemetry>();
        var host = Host(request);
        var records = XRayWire.Required(request.TelemetryRecords, nameof(request.TelemetryRecords)).Select(TelemetryRecordWire.Read).ToList();
        foreach (var record in records)
        {
            telemetry.Note(host, record);
            if (record.Spillover + record.Rejected > 0) LogLost(logger, host, record.Spillover, record.Rejected);
        }
        await XRayWire.WriteAsync(http, new EmptyAnswer(), XRayJson.Wire.EmptyAnswer);
    }

    static ReadOnlyMemory<byte> Utf8(string? document) => Encoding.UTF8.GetBytes(document ?? "");

    static string Host(PutTelemetryRecordsRequest request)
    {
        XRayLimits.Text(request.Hostname ?? "", nameof(request.Hostname), 0, 255);
        XRayLimits.Text(request.EC2InstanceId ?? "", nameof(request.EC2InstanceId), 0, 20);
        XRayLimits.Text(request.ResourceARN ?? "", nameof(request.ResourceARN), 0, 500);
        return request.Hostname ?? request.EC2InstanceId ?? request.ResourceARN ?? "";
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The X-Ray daemon of {Host} dropped {Dropped} segments for lack of room and rejected {Rejected}")]
    static partial void LogLost(ILogger logger, string host, long dropped, long rejected);
}
