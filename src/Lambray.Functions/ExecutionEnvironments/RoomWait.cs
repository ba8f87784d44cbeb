using Lambray.Functions.Registry;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>An invocation that waits because there is no room for the environment that it needs.</summary>
sealed class RoomWait(FunctionModel function)
{
    public FunctionModel Function => function;

    public TaskCompletionSource<RoomAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

enum RoomAnswer
{
    /// <summary>The room is taken, for an environment that may be started now.</summary>
    Reserved,

    /// <summary>A warm environment has come back; it is worth another look.</summary>
    LookAgain,
}
