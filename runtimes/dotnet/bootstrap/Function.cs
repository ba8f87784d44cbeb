namespace Lambray.DotNetRuntime;

/// <summary>The function: its assembly, its handler, and each run of it.</summary>
sealed class Function
{
    readonly FunctionHandler handler;
    readonly FunctionLog log;

    Function(FunctionHandler handler, FunctionLog log) => (this.handler, this.log) = (handler, log);

    /// <summary>Loads what the handler's name stands for; whatever goes wrong in it has failed the init phase.</summary>
    public static Function Load(string taskRoot, string handlerName, FunctionLog log)
    {
        var name = HandlerName.Parse(handlerName);
        log.TakeLambdaLogger();
        var method = FunctionMethod.Find(FunctionAssemblies.Load(taskRoot, name.Assembly), name);
        return new Function(new FunctionHandler(method.Method, method.NewInstance()), log);
    }

    public Outcome Run(Invocation invocation)
    {
        try
        {
            var response = new MemoryStream();
            handler.Run(new MemoryStream(invocation.Event, writable: false), invocation, log, response);
            return new Outcome(new ArraySegment<byte>(response.GetBuffer(), 0, (int)response.Length), null);
        }
#pragma warning disable CA1031 // Whatever the function's code throws is reported.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.WriteError(error);
            return new Outcome(default, ErrorReport.Of(error));
        }
    }
}
