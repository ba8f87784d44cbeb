using Lambray.DotNetRuntime;

// The .NET runtime of Lambray. It meets the platform only by environment variables, standard output and the Runtime API.
//
//   1. prepare the process; if it was started before its function is known, wait for that
//   2. init phase: load the function's handler
//   3. invoke phase: take an event, run the handler, answer; for ever

// 1.
var api = new RuntimeApi(Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")!);
if (Prestart.IsWanted && !Prestart.TryBecomeFunction(api)) return 0;
var log = FunctionLog.TakeConsole();
MemoryLimit.Apply();

// 2. A trace header belongs to an invocation; code that runs during init sees none.
Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", null);
Function function;
try
{
    function = Function.Load(Environment.GetEnvironmentVariable("LAMBDA_TASK_ROOT")!, Environment.GetEnvironmentVariable("_HANDLER") ?? "", log);
}
#pragma warning disable CA1031 // Whatever the function's code throws is reported.
catch (Exception error)
#pragma warning restore CA1031
{
    log.WriteError(error);
    api.ReportInitError(ErrorReport.Of(error));
    return 1;
}

// 3. The answer and the request for the next event travel in one packet, which saves a round trip per invocation.
var invocation = api.Next();
while (true)
{
    log.Current = invocation;
    Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.TraceHeader);
    var outcome = function.Run(invocation);
    invocation = api.AnswerAndNext(invocation, outcome);
}
