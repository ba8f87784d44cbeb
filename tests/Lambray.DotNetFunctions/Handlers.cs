using System.Globalization;
using Amazon.Lambda.Core;

namespace Lambray.DotNetFunctions;

public sealed record Order(string Customer, int Count);

/// <summary>Handlers of every form that AWS documents.</summary>
public class Handlers : InheritedHandlers
{
    int runs;

    public static string Greet(string name) => $"Hello {name}, grüß dich";

    public Order Twice(Order order) => order with { Count = order.Count * 2 };

    public async Task<Order> TwiceLater(Order order, ILambdaContext context)
    {
        await Task.Yield();
        return order with { Customer = context.FunctionName, Count = order.Count * 2 };
    }

    public async Task Later() => await Task.Yield();

    public async ValueTask<int> Counted()
    {
        await Task.Yield();
        return ++runs;
    }

    public Stream Copy(Stream bytes) => bytes;

    public void Nothing(Order order) => Console.WriteLine($"customer {order.Customer}");

    [LambdaSerializer(typeof(ShoutingSerializer))]
    public string Shout(string text) => text;

    public string Overloaded(string text) => text;

    public string Overloaded(int number) => number.ToString(CultureInfo.InvariantCulture);

    public Dictionary<string, object?> Surroundings(Dictionary<string, string> names, ILambdaContext context)
    {
        context.Logger.LogInformation("from the context");
        context.Logger.LogWarning("{Count} of {Total:0.0}", 1, 2.5);
        context.Logger.LogError(new InvalidOperationException("inside"), "with an error");
        LambdaLogger.Log("from anywhere");
        Console.Error.WriteLine("to standard error");
        return new()
        {
            ["request"] = context.AwsRequestId,
            ["arn"] = context.InvokedFunctionArn,
            ["memory"] = context.MemoryLimitInMB,
            ["inTime"] = context.RemainingTime > TimeSpan.Zero,
            ["client"] = context.ClientContext?.Custom["who"],
            ["trace"] = context.TraceId,
            ["traceVariable"] = Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"),
            ["variable"] = Environment.GetEnvironmentVariable(names["variable"]),
            ["directory"] = Environment.CurrentDirectory,
            ["root"] = Environment.GetEnvironmentVariable("LAMBDA_TASK_ROOT"),
            ["waited"] = File.ReadAllText("/proc/self/environ").Contains("_LAMBRAY_PRESTART=1", StringComparison.Ordinal),
        };
    }

    public string Fail(string message) => throw new InvalidOperationException(message, new IOException("deeper"));

    public async Task<string> FailLater(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public string FailTwice(string message) => throw new AggregateException(new InvalidOperationException(message), new IOException("and this"));

    public void Exit(int code) => Environment.Exit(code);

    public void FailFast(string message) => Environment.FailFast(message);

    public void Sleep() => new ManualResetEvent(false).WaitOne();

    public void Hoard()
    {
        var kept = new List<byte[]>();
        while (true)
        {
            kept.Add(new byte[1 << 20]);
            Array.Fill(kept[^1], (byte)1);
        }
    }

#pragma warning disable CA2012, VSTHRD100 // It is here to be refused.
    public async void Void() => await Task.Yield();
#pragma warning restore CA2012, VSTHRD100
}

public abstract class InheritedHandlers
{
    public string Inherited() => GetType().Name;
}

public sealed class BrokenHandlers
{
    public BrokenHandlers() => throw new InvalidOperationException("not today");

    public string Greet(string name) => name;
}
