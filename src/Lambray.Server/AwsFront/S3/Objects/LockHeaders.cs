using System.Globalization;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>A version's lock as headers: <c>x-amz-object-lock-mode</c> and its fellows.</summary>
static class LockHeaders
{
    const string Mode = "x-amz-object-lock-mode";
    const string RetainUntil = "x-amz-object-lock-retain-until-date";
    const string LegalHold = "x-amz-object-lock-legal-hold";

    /// <exception cref="Aws.AwsException">InvalidArgument for half a retention, one that is over, or words that mean nothing.</exception>
    public static ObjectLock Read(IHeaderDictionary headers, DateTimeOffset now)
    {
        var (mode, until) = (headers[Mode].FirstOrDefault(), headers[RetainUntil].FirstOrDefault());
        if (mode is null != until is null)
            throw S3Errors.InvalidArgument($"{RetainUntil} and {Mode} must both be supplied");
        var isHeld = headers[LegalHold].FirstOrDefault() switch
        {
            null or "OFF" => false,
            "ON" => true,
            _ => throw S3Errors.InvalidArgument("Legal Hold must be either of 'ON' or 'OFF'"),
        };
        return mode is null ? ObjectLock.None with { LegalHold = isHeld } : Retention(mode, until!, now) with { LegalHold = isHeld };
    }

    /// <inheritdoc cref="Read"/>
    public static ObjectLock Retention(string mode, string until, DateTimeOffset now)
    {
        if (mode is not (ObjectLock.Governance or ObjectLock.Compliance)) throw S3Errors.InvalidArgument("Unknown wormMode directive.");
        if (!DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            throw S3Errors.InvalidArgument("The retain until date must be provided in ISO 8601 format");
        if (date <= now) throw S3Errors.InvalidArgument("The retain until date must be in the future!");
        return new ObjectLock(mode, date, false);
    }

    public static void Write(IHeaderDictionary headers, ObjectLock written)
    {
        if (written.Mode is { } mode) headers[Mode] = mode;
        if (written.RetainUntil is { } until) headers[RetainUntil] = S3Xml.Date(until);
        if (written.LegalHold) headers[LegalHold] = "ON";
    }
}
