using System.Diagnostics;
using System.Globalization;
using Lambray.Bench.Figures;
using Lambray.Bench.Functions;
using Lambray.Bench.Load;
using Lambray.Bench.Processes;
using Microsoft.Data.Sqlite;

namespace Lambray.Bench.Parts;

/// <summary>What 10,000 functions and 100,000 versions cost a server that has ten of each: its start, its lists, an invocation.</summary>
/// <remarks>They are copies of one real function and version, written into the database of a server that has stopped.</remarks>
static class ManyFunctions
{
    const int Rounds = 5;
    const int Few = 10;
    const int Many = 10_000;
    const int VersionsOfEach = 10;
    const int Requests = 4_000;
    const int Reads = 200;
    const string Seed = "seed-function";

    public static async Task RunAsync(Workplace place)
    {
        var (few, many) = (Directory.CreateTempSubdirectory("lambray-bench-"), Directory.CreateTempSubdirectory("lambray-bench-"));
        try
        {
            await FillAsync(place, few, Few);
            await FillAsync(place, many, Many);
            var (ofFew, ofMany) = (new List<Figures>(), new List<Figures>());
            for (var round = 0; round < Rounds; round++)
            {
                ofFew.Add(await MeasureAsync(place, few, Few));
                ofMany.Add(await MeasureAsync(place, many, Many));
            }
            var table = new Table(place.Output, "Functions / versions", $"{Few} / {Few * VersionsOfEach}", $"{Many:N0} / {Many * VersionsOfEach:N0}", "ratio");
            await table.WriteHeadAsync();
            await WriteAsync(table, "start to first answer", Text.Milliseconds, figures => figures.Start, ofFew, ofMany);
            await WriteAsync(table, "ListFunctions, a page of 10", Text.Microseconds, figures => figures.ListFunctions, ofFew, ofMany);
            await WriteAsync(table, "ListVersionsByFunction", Text.Microseconds, figures => figures.ListVersions, ofFew, ofMany);
            await WriteAsync(table, "GetFunction, another each time", Text.Microseconds, figures => figures.GetFunction, ofFew, ofMany);
            await WriteAsync(table, "Invoke, warm, p50", Text.Microseconds, figures => figures.Invoke, ofFew, ofMany);
        }
        finally
        {
            few.Delete(recursive: true);
            many.Delete(recursive: true);
        }
    }

    static async Task FillAsync(Workplace place, DirectoryInfo data, int functions)
    {
        await using (var lambray = await LambrayProcess.StartAsync(place, prestartedMax: 0, data: data))
        {
            using var deployment = await lambray.PrepareFunctionsAsync(place);
            await deployment.CreateAsync(Seed, new Subjects(place).NativeLoop);
            using var http = new HttpClient { BaseAddress = lambray.Address };
            using var published = await http.PostAsync($"/2015-03-31/functions/{Seed}/versions", new StringContent("{}"));
            published.EnsureSuccessStatusCode();
        }
        using var database = new SqliteConnection($"Data Source={Path.Combine(data.FullName, "functions.db")};Pooling=False");
        database.Open();
        Run(database, $"""
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {functions})
            INSERT INTO functions (name, function, code_size, unfinished)
                SELECT printf('copy-%05d', n), replace(function, '{Seed}', printf('copy-%05d', n)), code_size, 0 FROM functions, numbers WHERE name = '{Seed}';
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {functions}),
                ofEach (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM ofEach WHERE v < {VersionsOfEach})
            INSERT INTO versions (function, version, model, code_size)
                SELECT printf('copy-%05d', n), v, replace(replace(model, '{Seed}', printf('copy-%05d', n)), '"Version":"1"', '"Version":"' || v || '"'), code_size
                FROM versions, numbers, ofEach WHERE function = '{Seed}';
            """);
    }

    static async Task<Figures> MeasureAsync(Workplace place, DirectoryInfo data, int functions)
    {
        var started = Stopwatch.GetTimestamp();
        await using var lambray = await LambrayProcess.StartAsync(place, prestartedMax: 0, data: data);
        using var http = new HttpClient { BaseAddress = lambray.Address };
        await http.GetStringAsync("/2015-03-31/functions?MaxItems=10");
        var start = Stopwatch.GetElapsedTime(started);

        var invoke = PreparedRequest.Invoke(lambray.Address, Seed);
        await LoadRun.OfAsync(invoke, connections: 1, Requests);
        await lambray.Processes.SettleAsync();
        return new Figures(
            start,
            await ReadAsync(http, _ => "/2015-03-31/functions?MaxItems=10"),
            await ReadAsync(http, number => $"/2015-03-31/functions/{NameOf(number, functions)}/versions"),
            await ReadAsync(http, number => $"/2015-03-31/functions/{NameOf(number, functions)}"),
            (await LoadRun.OfAsync(invoke, connections: 1, Requests)).Percentile(0.5));
    }

    // Spread over all of them, so that each is read for the first time as long as there are enough.
    static string NameOf(int number, int functions) => string.Create(CultureInfo.InvariantCulture, $"copy-{(number * 37 % functions) + 1:D5}");

    static async Task<TimeSpan> ReadAsync(HttpClient http, Func<int, string> path)
    {
        var taken = new List<TimeSpan>();
        for (var number = 0; number < Reads; number++)
        {
            var started = Stopwatch.GetTimestamp();
            await http.GetStringAsync(path(number));
            taken.Add(Stopwatch.GetElapsedTime(started));
        }
        return taken.Median();
    }

    static void Run(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static Task WriteAsync(Table table, string name, Func<TimeSpan, string> text, Func<Figures, TimeSpan> figure, List<Figures> few, List<Figures> many) => table.WriteRowAsync(
        name, text(few.Select(figure).Median()), text(many.Select(figure).Median()), Text.Ratio(few.Zip(many, (one, other) => figure(other) / figure(one)).Median()));

    sealed record Figures(TimeSpan Start, TimeSpan ListFunctions, TimeSpan ListVersions, TimeSpan GetFunction, TimeSpan Invoke);
}
