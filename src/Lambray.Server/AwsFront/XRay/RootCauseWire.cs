using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.AwsFront.XRay;

sealed record RootCauseWire(RootCauseServiceWire[] Services, bool ClientImpacting)
{
    /// <summary>The root cause of a fault or an error: its entities have exceptions.</summary>
    public static RootCauseWire OfFailure(RootCause cause) => Of(cause, entity => new RootCauseEntityWire(
        entity.Name, [.. entity.Exceptions.Select(exception => new RootCauseExceptionWire(exception.Name, exception.Message))], Coverage: null, entity.Remote));

    /// <summary>The root cause of a slow answer: its entities have a coverage.</summary>
    public static RootCauseWire OfResponseTime(RootCause cause) =>
        Of(cause, entity => new RootCauseEntityWire(entity.Name, Exceptions: null, entity.Coverage, entity.Remote));

    static RootCauseWire Of(RootCause cause, Func<RootCauseEntity, RootCauseEntityWire> wire) =>
        new([.. cause.Services.Select(service => RootCauseServiceWire.Of(service, [.. service.EntityPath.Select(wire)]))], cause.ClientImpacting);
}

sealed record RootCauseServiceWire(
    string Name, string[] Names, string? Type, string? AccountId, RootCauseEntityWire[] EntityPath, bool Inferred)
{
    public static RootCauseServiceWire Of(RootCauseService service, RootCauseEntityWire[] entityPath) =>
        new(service.Id.Name, [service.Id.Name], service.Id.Type, service.Id.AccountId, entityPath, service.Inferred);
}

sealed record RootCauseEntityWire(string Name, RootCauseExceptionWire[]? Exceptions, double? Coverage, bool Remote);

sealed record RootCauseExceptionWire(string? Name, string? Message);
