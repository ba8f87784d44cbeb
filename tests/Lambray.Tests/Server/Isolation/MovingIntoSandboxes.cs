using System.Text.Json.Nodes;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Lambray.Tests.Server.Isolation;

/// <summary>Cold starts that find a sandbox made ahead, and those that cannot use one.</summary>
public sealed class MovingIntoSandboxes : IClassFixture<SandboxServer>
{
    const int ReadyCount = 2;
    const string Source = "exports.handler = async (event, context) => context.logStreamName.split(']')[1];";
    const string Mark = "mark";

    readonly SandboxServer server;

    public MovingIntoSandboxes(SandboxServer server)
    {
        SandboxServer.SkipUnlessAvailable();
        this.server = server;
    }

    [Fact]
    public async Task A_function_moves_into_one_that_stood_empty()
    {
        await server.CreateAsync("moving", Source);
        foreach (var files in await VacantAsync()) await File.WriteAllTextAsync(Path.Combine(files, Mark), "", TestContext.Current.CancellationToken);
        Assert.True(HasMark(await server.InvokeAsync("moving")));
        // The next one is made.
        Assert.Contains(await VacantAsync(), files => !File.Exists(Path.Combine(files, Mark)));
    }

    [Fact]
    public async Task A_function_with_a_disk_of_its_own_size_does_not()
    {
        await server.CreateAsync("roomy", Source, new JsonObject { ["EphemeralStorage"] = new JsonObject { ["Size"] = 600 } });
        foreach (var files in await VacantAsync()) await File.WriteAllTextAsync(Path.Combine(files, Mark), "", TestContext.Current.CancellationToken);
        Assert.False(HasMark(await server.InvokeAsync("roomy")));
        Assert.All(await VacantAsync(), files => Assert.True(File.Exists(Path.Combine(files, Mark))));
    }

    [Fact]
    public async Task One_that_has_ended_is_passed_over()
    {
        await server.CreateAsync("passing", Source);
        foreach (var files in await VacantAsync())
        {
            await File.WriteAllTextAsync(Path.Combine(files, Mark), "", TestContext.Current.CancellationToken);
            var processes = LocalProcesses.InGroup(Path.GetFileName(files)).ToList();
            Assert.SkipWhen(processes.Count == 0, "Only control groups tell which processes are meant.");
            processes.ForEach(process => process.Kill());
        }
        Assert.False(HasMark(await server.InvokeAsync("passing")));
    }

    async Task<IReadOnlyList<string>> VacantAsync()
    {
        var isolation = (SandboxIsolation)server.Services.GetRequiredService<IIsolation>();
        await Eventually.HoldsAsync(() => isolation.VacantCount == ReadyCount, "two sandboxes stand empty");
        return Directory.GetDirectories(Path.Combine(server.DataDirectory, "vacant"));
    }

    bool HasMark(Invocation answer)
    {
        var environment = Path.Combine(server.DataDirectory, "environments", answer.Json.GetString()!);
        Assert.True(Directory.Exists(environment));
        return File.Exists(Path.Combine(environment, Mark));
    }
}
