namespace Lambray.Functions.Registry.Layers;

/// <summary>The limits of the Lambda API on layers, and its words when they are broken.</summary>
public static class LayerValidation
{
    public const int LayersPerFunctionMax = 5;
    const int DescriptionLengthMax = 256;
    const int LicenseInfoLengthMax = 512;
    const int RuntimesMax = 15;
    const int ArchitecturesMax = 2;

    /// <exception cref="Aws.AwsException">ValidationException with everything that is wrong.</exception>
    public static void Check(LayerConfig config)
    {
        var validation = new Validation()
            .RequireLength(config.Description, "description", 0, DescriptionLengthMax)
            .RequireLength(config.LicenseInfo, "licenseInfo", 0, LicenseInfoLengthMax);
        if (config.CompatibleRuntimes is { } runtimes)
            validation.Require(runtimes.Count <= RuntimesMax, Text(runtimes), "compatibleRuntimes", $"Member must have length less than or equal to {RuntimesMax}")
                .Require(runtimes.All(ManagedRuntimes.IsKnownOrRetired), Text(runtimes), "compatibleRuntimes", ManagedRuntimes.MustBeKnown);
        if (config.CompatibleArchitectures is { } architectures)
            validation.Require(architectures.Count <= ArchitecturesMax, Text(architectures), "compatibleArchitectures", $"Member must have length less than or equal to {ArchitecturesMax}")
                .Require(architectures.All(FunctionValidation.IsArchitecture), Text(architectures), "compatibleArchitectures", FunctionValidation.MustBeArchitectures);
        validation.ThrowIfAny();
    }

    /// <summary>The filters of ListLayers and ListLayerVersions.</summary>
    /// <exception cref="Aws.AwsException">ValidationException.</exception>
    public static void CheckFilter(string? runtime, string? architecture)
    {
        var validation = new Validation();
        if (runtime is not null) validation.Require(ManagedRuntimes.IsKnownOrRetired(runtime), runtime, "compatibleRuntime", ManagedRuntimes.MustBeKnown);
        if (architecture is not null)
            validation.Require(FunctionValidation.IsArchitecture(architecture), architecture, "compatibleArchitecture", FunctionValidation.MustBeArchitecture);
        validation.ThrowIfAny();
    }

    static string Text(IReadOnlyList<string> list) => $"[{string.Join(", ", list)}]";
}
