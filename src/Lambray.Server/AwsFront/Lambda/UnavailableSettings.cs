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
        Refuse("FileSystemConfigs", settings.FileSystemConfigs is { Count: > 0 });
        Refuse("ImageConfig", settings.ImageConfig is not null);
        Refuse("CapacityProviderConfig", settings.CapacityProviderConfig is not null);
        Refuse("DurableConfig", settings.DurableConfig is not null);
    }

    /// <inheritdoc cref="Refuse(FunctionSettings)"/>
    public static void Refuse(CreateFunctionRequest request)
    {
        Refuse((FunctionSettings)request);
        Refuse("PackageType Image", request.PackageType is not (null or "Zip"));
        Refuse("A container image (ImageUri)", request.Code?.ImageUri is not null);
        Refuse("SourceKMSKeyArn", request.Code?.SourceKmsKeyArn is not null);
        Refuse("PublishTo", request.PublishTo is not null);
        Refuse("TenancyConfig", request.TenancyConfig is not null);
    }

    /// <inheritdoc cref="Refuse(FunctionSettings)"/>
    public static void Refuse(UpdateFunctionCodeRequest request)
    {
        Refuse("SourceKMSKeyArn", request.SourceKmsKeyArn is not null);
        Refuse("PublishTo", request.PublishTo is not null);
    }

    public static void Refuse(string setting, bool isAsked)
    {
        if (isAsked) throw LambdaErrors.InvalidParameter($"{setting} is not available on this server.");
    }
}
