using System.Collections.Concurrent;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Functions.Registry.Layers;
using Lambray.Resources.Iam;
using Lambray.Storage;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Registry;

/// <summary>All functions: durable, with the states that clients wait for.</summary>
/// <remarks>
/// Reads are served from memory, changes are on disk before they are seen. A created function is Pending, an updated one
/// InProgress, until its code is unpacked; until then invocations use what was there before, as in AWS.
/// </remarks>
public sealed partial class FunctionRegistry : IDisposable
{
    readonly SqliteDatabase database;
    readonly CodeStore code;
    readonly LayerRegistry layers;
    readonly TracingPermission tracingPermission;
    readonly Func<string, Task<string?>> whyRuntimeUnavailable;
    readonly AwsHome home;
    readonly TimeProvider time;
    readonly ILogger<FunctionRegistry> logger;
    readonly ConcurrentDictionary<string, FunctionModel> functions = [];
    readonly SemaphoreSlim changing = new(1, 1);

    /// <param name="whyRuntimeUnavailable">What to say when this machine cannot run a runtime; null when it can.</param>
    public FunctionRegistry(
        SqliteDatabase database, CodeStore code, LayerRegistry layers, IamDirectory iam, Func<string, Task<string?>> whyRuntimeUnavailable,
        AwsHome home, TimeProvider time, ILogger<FunctionRegistry> logger)
    {
        (this.database, this.code, this.layers, this.whyRuntimeUnavailable) = (database, code, layers, whyRuntimeUnavailable);
        (this.home, this.time, this.logger) = (home, time, logger);
        tracingPermission = new TracingPermission(iam, logger);
        foreach (var model in database.Read(connection => connection.All("SELECT model FROM functions", row => Read(row.GetString(0)))))
            functions[model.Name] = model;
        foreach (var unfinished in functions.Values.Where(IsBeingPrepared)) _ = PrepareAsync(unfinished);
    }

    /// <summary>Raised after a change is durable, with the name of the function that changed or went.</summary>
    public event Action<string>? Changed;

    public FunctionModel? Find(string name) => functions.GetValueOrDefault(name);

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public FunctionModel Get(FunctionName name)
    {
        if (name.Qualifier is null or FunctionName.Latest && Find(name.Name) is { } model) return model;
        throw LambdaErrors.FunctionNotFound(name.Arn(home).ToString());
    }

    /// <summary>The function as invocations use it: while an update is being prepared, what was there before.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException, or ResourceConflictException while it is not ready.</exception>
    public FunctionModel GetInvocable(FunctionName name)
    {
        var model = Get(new FunctionName(name.Name, name.Qualifier ?? FunctionName.Latest));
        if (model.State != FunctionState.Active)
            throw new AwsException("ResourceConflictException", 409,
                $"The operation cannot be performed at this time. The function is currently in the following state: {model.State}");
        return model.LastUpdateStatus == UpdateStatus.InProgress ? model.Previous! : model;
    }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<FunctionModel> List() => [.. functions.Values.OrderBy(model => model.Name, StringComparer.Ordinal)];

    public async Task<FunctionModel> CreateAsync(string name, FunctionConfig config, ReadOnlyMemory<byte> zip)
    {
        new Validation().Require(config.Role is not null, null, "role", "Member must not be null").ThrowIfAny();
        FunctionValidation.Check(config);
        if (config.Runtime is null) throw LambdaErrors.InvalidParameter("Runtime is mandatory for functions created with deployment packages.");
        if (config.Handler is null) throw LambdaErrors.InvalidParameter("Handler is mandatory for functions created with deployment packages.");
        await RequireRunnableAsync(config.Runtime);
        await changing.WaitAsync();
        try
        {
            var arn = new FunctionName(name, null).UnqualifiedArn(home).ToString();
            if (functions.ContainsKey(name)) throw new AwsException("ResourceConflictException", 409, $"Function already exist: {name}");
            var package = await code.AddAsync(zip);
            var model = Apply(config, new FunctionModel
            {
                Name = name, Arn = arn, Runtime = config.Runtime, Role = config.Role!, Handler = config.Handler, LogGroup = $"/aws/lambda/{name}",
                CodeSha256 = package.Sha256, CodeSize = package.Size, LastModified = time.GetUtcNow(), RevisionId = Guid.NewGuid(),
                EnvironmentRevision = Guid.NewGuid(), State = FunctionState.Pending, Reason = "The function is being created.", ReasonCode = "Creating",
            });
            tracingPermission.Require(model);
            RequireRoom(model);
            await SaveAsync(model);
            _ = PrepareAsync(model);
            return model;
        }
        finally
        {
            changing.Release();
        }
    }

    public async Task<FunctionModel> UpdateConfigurationAsync(FunctionName name, FunctionConfig config, Guid? expectedRevision)
    {
        FunctionValidation.Check(config);
        if (config.Runtime is { } runtime) await RequireRunnableAsync(runtime);
        return await UpdateAsync(name, expectedRevision, current =>
        {
            var updated = Apply(config, current);
            // As AWS: checked when tracing is asked for, or when the role under it changes.
            if (config.TracingMode is not null || config.Role is not null) tracingPermission.Require(updated);
            RequireRoom(updated);
            return Task.FromResult(updated);
        });
    }

    /// <param name="dryRun">Validates and answers as if it were done.</param>
    public Task<FunctionModel> UpdateCodeAsync(FunctionName name, ReadOnlyMemory<byte> zip, Guid? expectedRevision, bool dryRun) =>
        UpdateAsync(name, expectedRevision, async current =>
        {
            var package = await code.AddAsync(zip);
            var updated = current with { CodeSha256 = package.Sha256, CodeSize = package.Size };
            RequireRoom(updated);
            return updated;
        }, dryRun);

    public async Task DeleteAsync(FunctionName name)
    {
        RequireWhole(name);
        await changing.WaitAsync();
        try
        {
            var model = Get(name with { Qualifier = null });
            if (name.Qualifier is not null) throw LambdaErrors.FunctionNotFound(name.Arn(home).ToString());
            await database.WriteAsync(connection => connection.Run("DELETE FROM functions WHERE name = $1", model.Name));
            functions.TryRemove(model.Name, out _);
        }
        finally
        {
            changing.Release();
        }
        Changed?.Invoke(name.Name);
    }

    public Stream OpenCode(FunctionModel model) => code.OpenZip(model.CodeSha256);

    /// <summary>The folder with a function's unpacked files.</summary>
    public string CodeDirectory(FunctionModel model) => code.Unpack(model.CodeSha256);

    public void Dispose() => changing.Dispose();

    // Only a version could be deleted by itself, and functions have none but $LATEST here.
    static void RequireWhole(FunctionName name)
    {
        if (name.Qualifier == FunctionName.Latest)
            throw LambdaErrors.InvalidParameter("$LATEST version cannot be deleted without deleting the function.");
        if (name.Qualifier is { } qualifier && !qualifier.StartsWith('$') && !qualifier.All(char.IsAsciiDigit))
            throw LambdaErrors.InvalidParameter("Deletion of aliases is not currently supported.");
    }

    static bool IsBeingPrepared(FunctionModel model) => model.State == FunctionState.Pending || model.LastUpdateStatus == UpdateStatus.InProgress;

    async Task<FunctionModel> UpdateAsync(FunctionName name, Guid? expectedRevision, Func<FunctionModel, Task<FunctionModel>> change, bool dryRun = false)
    {
        await changing.WaitAsync();
        try
        {
            var current = Get(name);
            if (expectedRevision is { } expected && expected != current.RevisionId)
                throw new AwsException("PreconditionFailedException", 412,
                    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id");
            if (IsBeingPrepared(current)) throw LambdaErrors.UpdateInProgress(current.Arn);
            var updated = (await change(current)) with
            {
                LastModified = time.GetUtcNow(),
                RevisionId = Guid.NewGuid(),
                EnvironmentRevision = Guid.NewGuid(),
                Previous = current,
                LastUpdateStatus = UpdateStatus.InProgress,
                Reason = "The function is being created.",
                ReasonCode = "Creating",
            };
            if (dryRun) return updated;
            await SaveAsync(updated);
            _ = PrepareAsync(updated);
            return updated;
        }
        finally
        {
            changing.Release();
        }
    }

    async Task RequireRunnableAsync(string runtime)
    {
        if (await whyRuntimeUnavailable(runtime) is { } why) throw LambdaErrors.InvalidParameter(why);
    }

    // Code alone was measured when it came in.
    void RequireRoom(FunctionModel model)
    {
        if (model.Layers.Count == 0) return;
        var bytes = code.UnzippedBytes(model.CodeSha256) + model.Layers.Sum(layer => code.UnzippedBytes(layer.Content.Sha256));
        if (bytes > CodeStore.UnzippedBytesMax)
            throw LambdaErrors.InvalidParameter(
                $"Function code combined with layers exceeds the maximum allowed size of {CodeStore.UnzippedBytesMax} bytes. The actual size is {bytes} bytes.");
    }

    FunctionModel Apply(FunctionConfig config, FunctionModel model) => model with
    {
        Runtime = config.Runtime ?? model.Runtime,
        Role = config.Role ?? model.Role,
        Handler = config.Handler ?? model.Handler,
        Description = config.Description ?? model.Description,
        Timeout = config.Timeout ?? model.Timeout,
        MemorySize = config.MemorySize ?? model.MemorySize,
        Variables = config.Variables ?? model.Variables,
        TracingMode = config.TracingMode is { } mode ? Enum.Parse<TracingMode>(mode) : model.TracingMode,
        Architecture = config.Architectures?[0] ?? model.Architecture,
        EphemeralStorage = config.EphemeralStorage ?? model.EphemeralStorage,
        Layers = config.Layers is { } arns ? layers.Resolve(arns) : model.Layers,
        LogFormat = config.LogFormat ?? model.LogFormat,
        LogGroup = config.LogGroup ?? model.LogGroup,
        Tags = config.Tags ?? model.Tags,
    };

    /// <summary>Unpacks the code, then makes the function (or its update) the one that is invoked.</summary>
    async Task PrepareAsync(FunctionModel model)
    {
        await Task.Yield();
        var prepared = model with { Previous = null, RevisionId = Guid.NewGuid(), Reason = null, ReasonCode = null };
        try
        {
            code.Unpack(model.CodeSha256);
            foreach (var layer in model.Layers) code.Unpack(layer.Content.Sha256);
            prepared = prepared with { State = FunctionState.Active, LastUpdateStatus = UpdateStatus.Successful };
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            LogPreparationFailed(model.Name, error);
            prepared = model.State == FunctionState.Pending
                ? prepared with { State = FunctionState.Failed, Reason = error.Message, ReasonCode = "InvalidZipFileException" }
                : model.Previous! with
                {
                    RevisionId = Guid.NewGuid(),
                    LastUpdateStatus = UpdateStatus.Failed,
                    Reason = error.Message,
                    ReasonCode = "InvalidZipFileException",
                };
        }
        await changing.WaitAsync();
        try
        {
            // Deleted, and perhaps made anew, in the meantime.
            if (Find(model.Name)?.RevisionId == model.RevisionId) await SaveAsync(prepared);
        }
        finally
        {
            changing.Release();
        }
    }

    async Task SaveAsync(FunctionModel model)
    {
        var json = JsonSerializer.Serialize(model, FunctionModelJson.Default.FunctionModel);
        await database.WriteAsync(connection => connection.Run("INSERT OR REPLACE INTO functions (name, model) VALUES ($1, $2)", model.Name, json));
        functions[model.Name] = model;
        Changed?.Invoke(model.Name);
    }

    static FunctionModel Read(string json) => JsonSerializer.Deserialize(json, FunctionModelJson.Default.FunctionModel)!;

    [LoggerMessage(Level = LogLevel.Error, Message = "The code of function {Function} could not be unpacked")]
    partial void LogPreparationFailed(string function, Exception error);
}
