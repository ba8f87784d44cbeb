using Lambray.Aws;
using Lambray.Functions.Registry;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>Refuses what a function would not get here, rather than accept it in silence.</summary>
static class UnavailableSettings
{
    /// <exception cref="AwsException">InvalidParameterValueException that names the setting.</exception>
    public static void Refuse(FunctionSettings settings)
    {
        Refuse("VpcConfig", settings.VpcConfig is { SubnetIds.Count: > 0 } or { SecurityGroupIds.Count: > 0 });
        Refuse("DeadLetterConfig", settings.DeadLetterConfig?.TargetArn is { Length: > 0 });
        Refuse("SnapStart", settings.SnapStart?.ApplyOn is not (null or "None"));
        Refuse("FileSystemConfigs", settings.FileSystemConfigs is { Count: > 0 });
        Refuse("LoggingConfig.LogFormat JSON", settings.LoggingConfig?.LogFormat is not (null or "Text"));
        Refuse("KMSKeyArn", settings.KmsKeyArn is { Length: > 0 });
    }

    /// <inheritdoc cref="Refuse(FunctionSettings)"/>
    public static void Refuse(FunctionCode? code)
    {
        Refuse("Code from S3 (S3Bucket)", code?.S3Bucket is not null);
        Refuse("A container image (ImageUri)", code?.ImageUri is not null);
    }

    public static void Refuse(string setting, bool isAsked)
    {
        if (isAsked) throw LambdaErrors.InvalidParameter($"{setting} is not available on this server.");
    }
}
