namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>Why an environment was initialized, as <c>AWS_LAMBDA_INITIALIZATION_TYPE</c> and telemetry tell it.</summary>
public enum InitializationType
{
    /// <summary>For an invocation that needed it.</summary>
    OnDemand,

    /// <summary>Ahead, as it was asked for.</summary>
    ProvisionedConcurrency,
}

static class InitializationTypes
{
    /// <summary>AWS's word.</summary>
    public static string Text(this InitializationType type) => type == InitializationType.OnDemand ? "on-demand" : "provisioned-concurrency";
}
