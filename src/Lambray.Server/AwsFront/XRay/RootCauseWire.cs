using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.AwsFront.XRay;

sealed record RootCauseWire(RootCauseServiceWire[] Services, bool ClientImpacting)
{
    public static RootCauseWire Of(RootCause cause) => new([.. cause.Services.Select(RootCauseServiceWire.Of)], cause.ClientImpacting);
}

sealed record RootCauseServiceWire(
    string Name, string[] Names, string? Type, string? AccountId, RootCauseEntityWire[] EntityPath, bool Inferred)
{
    public static RootCauseServiceWire Of(RootCauseService service) => new(
        service.Id.Name, [service.Id.Name], service.Id.Type, service.Id.AccountId,
        [.. service.EntityPath.Select(RootCauseEntityWire.Of)], service.Inferred);
}

sealed record RootCauseEntityWire(string Name, RootCauseExceptionWire[] Exceptions, bool Remote)
{
    public static RootCauseEntityWire Of(RootCauseEntity entity) => new(
        entity.Name,
        [.. entity.Exceptions.Select(exception => new RootCauseExceptionWire(exception.Name, exception.Message))],
        entity.Remote);
}

sealed record RootCauseExceptionWire(string? Name, string? Message);
