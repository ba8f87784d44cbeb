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
    }

    public static void Refuse(string setting, bool isAsked)
    {
        if (isAsked) throw LambdaErrors.InvalidParameter($"{setting} is not available on this server.");
    }
}
