namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>Serves what an environment connects to: the Runtime API, its X-Ray daemon, the AWS services.</summary>
public interface IEnvironmentDoors
{
    /// <summary>Begins to serve an environment's sockets; disposing the result ends that, the sockets stay the environment's.</summary>
    IAsyncDisposable Open(EnvironmentTenancy tenancy);
}
