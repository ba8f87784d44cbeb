using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.ExecutionEnvironments.Prestart;
using Lambray.Functions.Invocation.Metrics;
using Lambray.Resources.Metrics;
using Lambray.Server.AwsFront;
using Lambray.Server.ConsoleApi.SignIn;
using Lambray.Server.Daemon;
using Lambray.Tracing.Intake;

namespace Lambray.Server.Prometheus;

/// <summary><c>GET /metrics</c>: what functions do and how the server fares, for Prometheus to collect. No AWS service has this path.</summary>
public static class PrometheusEndpoint
{
    public static readonly ServiceFront Front = new(
        AwsService.Prometheus, routes => routes.MapGet(ServiceDispatch.PrometheusPath, Write), JsonErrors.WriteAsync, RequestBytesMax: 0, _ => null)
    {
        Admit = ConsoleAdmission.AdmitBasic,
    };

    static Task Write(HttpContext http)
    {
        var services = http.RequestServices;
        var text = new MetricText();
        WriteFunctions(text, services.GetRequiredService<FunctionMetrics>());
        WriteEnvironments(text, services.GetRequiredService<EnvironmentPool>().Counts, services.GetRequiredService<PrestartedRuntimes>());
        WriteIntake(text, services.GetRequiredService<SegmentIntake>().Counts, services.GetRequiredService<KernelDrops>().Count);
        WriteDaemons(text, services.GetRequiredService<DaemonTelemetry>().All);
        WriteProcess(text);
        http.Response.ContentType = MetricText.ContentType;
        return http.Response.WriteAsync(text.ToString(), Encoding.UTF8, http.RequestAborted);
    }

    static void WriteFunctions(MetricText text, FunctionMetrics metrics)
    {
        var figures = metrics.Figures.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray();
        text.Begin("lambray_function_running_invocations", "gauge", "Invocations that run at this moment");
        foreach (var (function, figure) in figures) text.Add(figure.Executions, ("function", function));
        var families =
            from entry in figures
            from total in entry.Value.Totals
            where total.Key != LambdaMetric.ConcurrentExecutions
            group (Function: entry.Key, Total: total.Value.Read()) by total.Key into family
            orderby family.Key.Name
            select family;
        foreach (var family in families)
        {
            var (name, help) = ("lambray_function_" + SnakeCase(family.Key.Name), $"{LambdaMetric.Namespace} {family.Key.Name}");
            if (family.Key.Unit == MetricUnit.Milliseconds)
            {
                text.Begin(name + "_seconds", "histogram", help);
                foreach (var (function, total) in family) WriteHistogram(text, total, function);
            }
            else
            {
                text.Begin(family.Key.IsGauge ? name : name + "_total", family.Key.IsGauge ? "gauge" : "counter", help);
                foreach (var (function, total) in family) text.Add(family.Key.IsGauge ? total.Last : total.Sum, ("function", function));
            }
        }
    }

    static void WriteHistogram(MetricText text, MetricTotalSnapshot total, string function)
    {
        var bounds = MetricTotal.Bounds;
        for (var i = 0; i < bounds.Length; i++)
            text.AddPart("_bucket", total.UpTo[i], ("function", function), ("le", (bounds[i] / 1000).ToString(CultureInfo.InvariantCulture)));
        text.AddPart("_bucket", total.Count, ("function", function), ("le", "+Inf"));
        text.AddPart("_sum", total.Sum / 1000, ("function", function));
        text.AddPart("_count", total.Count, ("function", function));
    }

    static void WriteEnvironments(MetricText text, EnvironmentCounts environments, PrestartedRuntimes prestarted)
    {
        text.Gauge("lambray_environments", "Execution environments that live", environments.Living);
        text.Gauge("lambray_environments_idle", "Of these, those that wait for an event", environments.Idle);
        text.Gauge("lambray_environments_memory_bytes", "What the memory sizes of living environments add up to", environments.MemoryMegabytes * 1024.0 * 1024);
        text.Gauge("lambray_prestarted_runtimes", "Runtimes that wait for a function", prestarted.ReadyCount);
    }

    static void WriteIntake(MetricText text, IntakeCounts counts, long droppedByKernel)
    {
        text.Begin("lambray_segment_documents_total", "counter", "Segment documents by what became of them");
        text.Add(counts.Accepted, ("outcome", "accepted"));
        text.Add(counts.Rejected, ("outcome", "rejected"));
        text.Add(counts.Dropped, ("outcome", "dropped"));
        text.Begin("lambray_datagrams_dropped_total", "counter", "Packets of the X-Ray daemon protocol that the kernel dropped, as they came faster than they were taken");
        text.Add(droppedByKernel);
    }

    static void WriteDaemons(MetricText text, IReadOnlyList<DaemonFigures> daemons)
    {
        text.Begin("lambray_daemon_segments_total", "counter", "Segments by what X-Ray daemons elsewhere say became of them");
        foreach (var daemon in daemons)
        {
            text.Add(daemon.Total.Received, ("host", daemon.Host), ("outcome", "received"));
            text.Add(daemon.Total.Sent, ("host", daemon.Host), ("outcome", "sent"));
            text.Add(daemon.Total.Spillover, ("host", daemon.Host), ("outcome", "spillover"));
            text.Add(daemon.Total.Rejected, ("host", daemon.Host), ("outcome", "rejected"));
        }
        text.Begin("lambray_daemon_backend_errors_total", "counter", "Calls of X-Ray daemons elsewhere that failed");
        foreach (var daemon in daemons)
            foreach (var (kind, count) in daemon.Total.BackendErrors) text.Add(count, ("host", daemon.Host), ("kind", kind));
        text.Begin("lambray_daemon_last_record_seconds", "gauge", "The time of the last record of an X-Ray daemon elsewhere");
        foreach (var daemon in daemons) text.Add(daemon.Last.Timestamp.ToUnixTimeSeconds(), ("host", daemon.Host));
    }

    static void WriteProcess(MetricText text)
    {
        using var process = Process.GetCurrentProcess();
        text.Begin("process_cpu_seconds_total", "counter", "CPU time of the server, without its functions");
        text.Add(process.TotalProcessorTime.TotalSeconds);
        text.Gauge("process_resident_memory_bytes", "Resident memory of the server", process.WorkingSet64);
        text.Gauge("process_start_time_seconds", "When the server was started", (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);
    }

    static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));
}
