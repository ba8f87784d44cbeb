namespace Lambray.Functions.Registry;

/// <summary>Waits for what the Lambda API only announces: that a creation or an update is through.</summary>
public static class FunctionWait
{
    /// <summary>The function once it is neither being created nor updated.</summary>
    /// <exception cref="Aws.AwsException">ResourceNotFoundException: it was deleted meanwhile.</exception>
    public static async Task<FunctionModel> SettledAsync(this FunctionRegistry functions, FunctionName name, CancellationToken cancellation)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        functions.Changed += Look;
        try
        {
            Look(name.Name);
            await settled.Task.WaitAsync(cancellation);
            return functions.Get(name);
        }
        finally
        {
            functions.Changed -= Look;
        }

        void Look(string changed)
        {
            if (changed == name.Name && functions.Find(changed) is not { IsBeingPrepared: true }) settled.TrySetResult();
        }
    }
}
