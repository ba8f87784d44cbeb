using Lambray.Tracing;
using Lambray.Tracing.AccountSettings;

namespace Lambray.Server.AwsFront.XRay.AccountSettings;

/// <summary>GetEncryptionConfig and PutEncryptionConfig.</summary>
static class EncryptionOperations
{
    public static async Task GetEncryptionConfig(HttpContext http)
    {
        await XRayWire.ReadAsync(http, AccountSettingsJson.Wire.NoFields);
        await AnswerAsync(http, "ACTIVE");
    }

    public static async Task PutEncryptionConfig(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, AccountSettingsJson.Wire.PutEncryptionConfigRequest);
        var keyId = (XRayWire.Required(request.Type, nameof(request.Type)), request.KeyId) switch
        {
            ("KMS", { } id) => id,
            ("KMS", null) => throw XRayErrors.InvalidRequest("KeyId is required when Type is KMS."),
            ("NONE", null) => null,
            ("NONE", _) => throw XRayErrors.InvalidRequest("KeyId is for Type KMS only."),
            var (type, _) => throw XRayErrors.InvalidRequest($"Type is {type}; it takes NONE or KMS."),
        };
        await Setting(http).PutAsync(keyId);
        // AWS needs a while to put it in force and says so in this answer; here the next question finds it in force.
        await AnswerAsync(http, "UPDATING");
    }

    static EncryptionSetting Setting(HttpContext http) => http.RequestServices.GetRequiredService<EncryptionSetting>();

    static Task AnswerAsync(HttpContext http, string status)
    {
        var key = Setting(http).KeyArn;
        return XRayWire.WriteAsync(
            http, new EncryptionConfigAnswer(new EncryptionConfigWire(key, status, key is null ? "NONE" : "KMS")), AccountSettingsJson.Wire.EncryptionConfigAnswer);
    }
}

sealed record PutEncryptionConfigRequest(string? KeyId, string? Type);

sealed record EncryptionConfigAnswer(EncryptionConfigWire EncryptionConfig);

sealed record EncryptionConfigWire(string? KeyId, string Status, string Type);
