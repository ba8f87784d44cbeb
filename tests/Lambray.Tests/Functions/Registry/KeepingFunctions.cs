using Lambray.Functions;
using Lambray.Functions.Registry;
using Lambray.Storage;
using Xunit;

namespace Lambray.Tests.Functions.Registry;

/// <summary>Functions on disk: those of earlier servers too, and more of them than memory keeps.</summary>
public sealed class KeepingFunctions
{
    [Fact]
    public async Task Functions_of_an_earlier_server_are_taken_over()
    {
        using var directory = new TemporaryDirectory();
        await using (var earlier = SqliteDatabase.Open(Path.Combine(directory.Path, "functions.db"),
        [
            """
            CREATE TABLE functions (name TEXT PRIMARY KEY, model TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, due INTEGER NOT NULL, event TEXT NOT NULL, payload BLOB NOT NULL);
            """,
            "CREATE TABLE layers (name TEXT NOT NULL, version INTEGER NOT NULL, model TEXT, PRIMARY KEY (name, version)) WITHOUT ROWID;",
        ]))
        {
            await earlier.WriteAsync(connection =>
            {
                connection.Run("INSERT INTO functions VALUES ('ready', $1)", Model("ready", "Active", """
                    "LastUpdateStatus":"Successful","Layers":[{"Arn":"arn:l:1","Content":{"Sha256":"bGF5ZXI=","Size":1}}],"Tags":{"team":"a"},
                    """));
                connection.Run("INSERT INTO functions VALUES ('half-done', $1)", Model("half-done", "Pending", ""));
                connection.Run("INSERT INTO layers VALUES ('shared', 1, '{\"Content\":{\"Sha256\":\"c2hhcmVk\",\"Size\":40}}'), ('shared', 2, NULL)");
            });
        }

        await using var database = FunctionsDatabase.Open(directory.Path);
        using var store = new FunctionStore(database);
        var ready = store.Find("ready")!;
        Assert.Equal(("index.handler", FunctionName.Latest, 0L, "a"), (ready.Latest.Handler, ready.Latest.Version, ready.LastVersion, ready.Tags["team"]));
        Assert.Equal("half-done", Assert.Single(store.ListUnfinished()).Name);
        Assert.Equal(["half-done", "ready"], store.List("", 10).Select(function => function.Name));
        Assert.Equal(["/shared:1 c2hhcmVk", "half-done:$LATEST Y29kZQ==", "ready:$LATEST Y29kZQ==", "ready:$LATEST bGF5ZXI="], database.Read(connection =>
            connection.All("SELECT owner, sha256 FROM code_uses ORDER BY owner, sha256", row => $"{row.GetString(0)} {row.GetString(1)}")));
    }

    [Fact]
    public async Task More_functions_than_memory_keeps_are_all_there()
    {
        using var directory = new TemporaryDirectory();
        await using var database = FunctionsDatabase.Open(directory.Path);
        using var store = new FunctionStore(database);
        var names = Enumerable.Range(0, 2_500).Select(number => $"f{number:D4}").ToArray();
        await Task.WhenAll(names.Select(name => store.SaveAsync(Function(name, "first"))));
        Assert.All(names, name => Assert.Equal("first", store.Find(name)!.Latest.Description));

        await store.SaveAsync(Function(names[0], "second"), Function(names[0], "published").Latest with { Version = "7" });
        Assert.Equal(("second", "published"), (store.Find(names[0])!.Latest.Description, store.FindVersion(names[0], "7")!.Description));
        Assert.Equal(names[2_000..2_003], store.List(names[1_999], 3).Select(function => function.Name));
        await store.DeleteAsync(store.Find(names[0])!);
        Assert.Null(store.Find(names[0]));
        Assert.Null(store.FindVersion(names[0], "7"));
    }

    static RegisteredFunction Function(string name, string description) =>
        new() { Latest = FunctionSamples.Function() with { Name = name, Description = description } };

    static string Model(string name, string state, string rest) =>
        $$"""
        {"Name":"{{name}}","Arn":"arn:aws:lambda:eu-central-1:123456789012:function:{{name}}","Runtime":"nodejs22.x","Role":"arn:aws:iam::123456789012:role/r",
        "Handler":"index.handler","LogGroup":"/aws/lambda/{{name}}","CodeSha256":"Y29kZQ==","CodeSize":10,"LastModified":"2026-01-02T03:04:05+00:00",
        "RevisionId":"3f0c7a52-94cf-4e0e-a3cf-0a8a5a9e0c1d","EnvironmentRevision":"3f0c7a52-94cf-4e0e-a3cf-0a8a5a9e0c1e",{{rest}}"State":"{{state}}"}
        """;
}
