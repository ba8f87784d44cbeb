using Lambray.Tracing.AccountSettings;

namespace Lambray.Server.AwsFront.XRay.AccountSettings;

/// <summary>GetTraceSegmentDestination and UpdateTraceSegmentDestination.</summary>
static class DestinationOperations
{
    public static async Task GetTraceSegmentDestination(HttpContext http)
    {
        await XRayWire.ReadAsync(http, AccountSettingsJson.Wire.NoFields);
        await AnswerAsync(http, "ACTIVE");
    }

    public static async Task UpdateTraceSegmentDestination(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, AccountSettingsJson.Wire.UpdateTraceSegmentDestinationRequest);
        await Destination(http).PutAsync(XRayWire.Required(request.Destination, nameof(request.Destination)));
        // As with the encryption: AWS needs a while, and whoever waits for ACTIVE finds it at the next question.
        await AnswerAsync(http, "PENDING");
    }

    static SegmentDestination Destination(HttpContext http) => http.RequestServices.GetRequiredService<SegmentDestination>();

    static Task AnswerAsync(HttpContext http, string status) => XRayWire.WriteAsync(
        http, new TraceSegmentDestinationAnswer(Destination(http).Destination, status), AccountSettingsJson.Wire.TraceSegmentDestinationAnswer);
}

sealed record UpdateTraceSegmentDestinationRequest(string? Destination);

sealed record TraceSegmentDestinationAnswer(string Destination, string Status);
