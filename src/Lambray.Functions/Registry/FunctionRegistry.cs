using System.Collections.Immutable;
using System.Globalization;
using Lambray.Aws;
using Lambray.Functions.Registry.Aliases;
using Lambray.Functions.Registry.CodeSigning;
using Lambray.Functions.Registry.Layers;
using Lambray.Functions.Registry.Versions;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Registry;

/// <summary>All functions: what their names mean, and the life of <c>$LATEST</c> with the states that clients wait for.</summary>
/// <remarks>
/// A created function is Pending, an updated one InProgress, until its code is unpacked; until then invocations use what was there
/// before, as in AWS. What else is set for a function has a class of its own beside this one, over the same <see cref="FunctionStore"/>.
/// </remarks>
public sealed partial class FunctionRegistry
{
    readonly FunctionStore store;
    readonly CodeStore code;
    readonly LayerRegistry layers;
    readonly CodeSigningConfigs codeSigning;
    readonly RolePermissions permissions;
    readonly CodeQuota quota;
    readonly Func<string, Task<string?>> whyRuntimeUnavailable;
    readonly AwsHome home;
    readonly TimeProvider time;
    readonly ILogger<FunctionRegistry> logger;
    readonly Random random;

    /// <param name="whyRuntimeUnavailable">What to say when this machine cannot run a runtime; null when it can.</param>
    /// <param name="random">Chooses among the versions of an alias.</param>
    public FunctionRegistry(
        FunctionStore store, CodeStore code, LayerRegistry layers, CodeSigningConfigs codeSigning, RolePermissions permissions, CodeQuota quota,
        Func<string, Task<string?>> whyRuntimeUnavailable, AwsHome home, TimeProvider time, ILogger<FunctionRegistry> logger, Random? random = null)
    {
        (this.store, this.code, this.layers, this.codeSigning, this.whyRuntimeUnavailable) = (store, code, layers, codeSigning, whyRuntimeUnavailable);
        (this.home, this.time, this.logger, this.random) = (home, time, logger, random ?? Random.Shared);
        (this.permissions, this.quota) = (permissions, quota);
        foreach (var unfinished in store.ListUnfinished()) _ = PrepareAsync(unfinished.Latest);
    }

    /// <inheritdoc cref="FunctionStore.Changed"/>
    public event Action<string>? Changed
    {
        add => store.Changed += value;
        remove => store.Changed -= value;
    }

    /// <summary>The function's <c>$LATEST</c>.</summary>
    public FunctionModel? Find(string name) => store.Find(name)?.Latest;

    /// <summary>All that is set for a function.</summary>
    public RegisteredFunction? FindRegistered(string name) => store.Find(name);

    /// <inheritdoc cref="FunctionStore.FindVersion"/>
    public FunctionModel? FindVersion(string name, string version) => store.FindVersion(name, version);

    /// <summary>The version that a name means; of an alias the one that it mainly points to.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public FunctionModel Get(FunctionName name)
    {
        var version = name.Qualifier switch
        {
            null => FunctionName.Latest,
            { } qualifier => store.Find(name.Name)?.Aliases.GetValueOrDefault(qualifier)?.FunctionVersion ?? qualifier,
        };
        return store.FindVersion(name.Name, version) ?? throw LambdaErrors.FunctionNotFound(name.Arn(home).ToString());
    }

    /// <inheritdoc cref="Get"/>
    /// <returns>All that is set for the function.</returns>
    public RegisteredFunction GetRegistered(FunctionName name) => store.Find(name.Name) ?? throw LambdaErrors.FunctionNotFound(name.Arn(home).ToString());

    /// <summary>What an invocation of this name runs; an alias with two versions chooses anew each time.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException, or ResourceConflictException while it is not ready.</exception>
    public InvocationTarget Resolve(FunctionName name)
    {
        var requested = name with { Qualifier = name.Qualifier ?? FunctionName.Latest };
        var function = GetRegistered(requested);
        var alias = function.Aliases.GetValueOrDefault(requested.Qualifier);
        var version = alias?.Choose(random.NextDouble()) ?? requested.Qualifier;
        var model = store.FindVersion(name.Name, version) ?? throw LambdaErrors.FunctionNotFound(requested.Arn(home).ToString());
        if (model.State != FunctionState.Active) throw LambdaErrors.NotActive(model.State);
        return new InvocationTarget(model.LastUpdateStatus == UpdateStatus.InProgress ? model.Previous! : model, alias?.Name, function);
    }

    /// <inheritdoc cref="FunctionStore.ListAllVersions"/>
    public IReadOnlyList<FunctionModel> ListAllVersions(string afterName, long afterVersion, int count) => store.ListAllVersions(afterName, afterVersion, count);

    /// <summary>In the order of their names, from behind this one.</summary>
    public IReadOnlyList<RegisteredFunction> List(string after, int count) => store.List(after, count);

    /// <param name="publish">Publishes the first version at once, which then is what is answered.</param>
    public async Task<FunctionModel> CreateAsync(string name, FunctionConfig config, UploadedCode uploaded, bool publish = false)
    {
        new Validation().Require(config.Role is not null, null, "role", "Member must not be null").ThrowIfAny();
        FunctionValidation.Check(config);
        if (config.Runtime is null) throw LambdaErrors.InvalidParameter("Runtime is mandatory for functions created with deployment packages.");
        if (config.Handler is null) throw LambdaErrors.InvalidParameter("Handler is mandatory for functions created with deployment packages.");
        await RequireRunnableAsync(config.Runtime);
        using var held = await store.LockAsync(name);
        if (store.Find(name) is not null) throw new AwsException("ResourceConflictException", 409, $"Function already exist: {name}");
        if (config.CodeSigningConfigArn is { } signing) codeSigning.RequireAttachable(signing);
        codeSigning.RequireUnsignedAllowed(config.CodeSigningConfigArn);
        var package = await code.AddAsync(uploaded.Zip, uploaded.ZippedBytesMax);
        quota.RequireRoom(publish ? 2 * package.Size : package.Size);
        var model = Apply(config, new FunctionModel
        {
            Name = name,
            Arn = new FunctionName(name, null).UnqualifiedArn(home).ToString(),
            Runtime = config.Runtime,
            Role = config.Role!,
            Handler = config.Handler,
            LogGroup = $"/aws/lambda/{name}",
            CodeSha256 = package.Sha256,
            CodeSize = package.Size,
            LastModified = time.GetUtcNow(),
            RevisionId = Guid.NewGuid(),
            EnvironmentRevision = Guid.NewGuid(),
            State = FunctionState.Pending,
            Reason = "The function is being created.",
            ReasonCode = "Creating",
        });
        permissions.RequireAssumable(model);
        permissions.RequireTracing(model);
        permissions.RequireDeadLetters(model);
        RequireRoom(model);
        var function = new RegisteredFunction
        {
            Latest = model,
            CodeSigningConfigArn = config.CodeSigningConfigArn,
            Tags = config.Tags?.ToImmutableDictionary() ?? ImmutableDictionary<string, string>.Empty,
        };
        return await SaveAndPrepareAsync(function, publish);
    }

    public async Task<FunctionModel> UpdateConfigurationAsync(FunctionName name, FunctionConfig config, Guid? expectedRevision)
    {
        FunctionValidation.Check(config);
        if (config.Runtime is { } runtime) await RequireRunnableAsync(runtime);
        return await UpdateAsync(name, expectedRevision, current =>
        {
            var updated = Apply(config, current);
            // As AWS: checked when it is asked for, or when the role under it changes.
            if (config.Role is not null) permissions.RequireAssumable(updated);
            if (config.TracingMode is not null || config.Role is not null) permissions.RequireTracing(updated);
            if (config.DeadLetterTarget is not null || config.Role is not null) permissions.RequireDeadLetters(updated);
            RequireRoom(updated);
            return Task.FromResult(updated);
        });
    }

    /// <param name="publish">Publishes a version with the new code, which then is what is answered.</param>
    /// <param name="dryRun">Validates and answers as if it were done.</param>
    /// <param name="architectures">Null for the one that it has.</param>
    public Task<FunctionModel> UpdateCodeAsync(
        FunctionName name, UploadedCode uploaded, IReadOnlyList<string>? architectures, Guid? expectedRevision, bool dryRun, bool publish = false)
    {
        FunctionValidation.Check(new FunctionConfig { Architectures = architectures });
        return UpdateAsync(name, expectedRevision, async current =>
        {
            codeSigning.RequireUnsignedAllowed(store.Find(name.Name)?.CodeSigningConfigArn);
            var package = await code.AddAsync(uploaded.Zip, uploaded.ZippedBytesMax);
            quota.RequireRoom(package.Size - current.CodeSize + (publish ? package.Size : 0));
            var updated = current with { CodeSha256 = package.Sha256, CodeSize = package.Size, Architecture = architectures?[0] ?? current.Architecture };
            RequireRoom(updated);
            return updated;
        }, dryRun, publish);
    }

    /// <summary>Deletes a function with all its versions, or one version.</summary>
    public async Task DeleteAsync(FunctionName name)
    {
        var version = RequireDeletable(name);
        using var held = await store.LockAsync(name.Name);
        var function = GetRegistered(name with { Qualifier = null });
        if (version is not { } number)
        {
            await store.DeleteAsync(function);
            return;
        }
        // As recorded: there is nothing wrong with deleting a version that is not there.
        if (store.FindVersion(name.Name, name.Qualifier!) is null) return;
        var aliases = function.Aliases.Values.Where(alias => alias.Includes(name.Qualifier!)).Select(alias => alias.Name).Order(StringComparer.Ordinal).ToArray();
        if (aliases.Length > 0)
            throw new AwsException("ResourceConflictException", 409,
                $"Unable to delete version because the following aliases reference it: [{string.Join(", ", aliases)}]");
        await store.DeleteVersionAsync(function.Without(name.Qualifier!), number);
    }

    public Stream OpenCode(FunctionModel model) => code.OpenZip(model.CodeSha256);

    /// <summary>The folder with a function's unpacked files.</summary>
    public string CodeDirectory(FunctionModel model) => code.Unpack(model.CodeSha256);

    /// <returns>The version to delete; null for the whole function.</returns>
    static long? RequireDeletable(FunctionName name)
    {
        if (name.Qualifier is not { } qualifier) return null;
        if (qualifier == FunctionName.Latest) throw LambdaErrors.InvalidParameter("$LATEST version cannot be deleted without deleting the function.");
        if (AliasName.IsOne(qualifier)) throw LambdaErrors.InvalidParameter("Deletion of aliases is not currently supported.");
        // What is neither has number 0, which no version has.
        return long.TryParse(qualifier, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    async Task<FunctionModel> UpdateAsync(
        FunctionName name, Guid? expectedRevision, Func<FunctionModel, Task<FunctionModel>> change, bool dryRun = false, bool publish = false)
    {
        using var held = await store.LockAsync(name.Name);
        var function = GetRegistered(name);
        var current = function.Latest;
        if (expectedRevision is { } expected && expected != current.RevisionId) throw LambdaErrors.RevisionMismatch();
        if (current.IsBeingPrepared) throw LambdaErrors.UpdateInProgress(current.Arn);
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
        return dryRun ? updated : await SaveAndPrepareAsync(function with { Latest = updated }, publish);
    }

    async Task<FunctionModel> SaveAndPrepareAsync(RegisteredFunction changed, bool publish)
    {
        FunctionModel? version = null;
        if (publish && Publication.IsNew(changed))
        {
            (changed, version) = Publication.Publish(changed, description: null, time.GetUtcNow());
            version = version with
            {
                State = FunctionState.Pending,
                LastUpdateStatus = null,
                Reason = "The function is being created.",
                ReasonCode = "Creating",
            };
            changed = changed with { PendingVersion = changed.LastVersion };
        }
        await store.SaveAsync(changed, version);
        _ = PrepareAsync(changed.Latest);
        return version ?? changed.Latest;
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

    FunctionModel Apply(FunctionConfig config, FunctionModel model)
    {
        var applied = LoggingValidation.Apply(config, ApplySettings(config, model));
        FunctionValidation.Check(applied);
        return applied;
    }

    FunctionModel ApplySettings(FunctionConfig config, FunctionModel model) => model with
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
        DeadLetterTarget = Unless("", config.DeadLetterTarget ?? model.DeadLetterTarget),
        KmsKeyArn = Unless("", config.KmsKeyArn ?? model.KmsKeyArn),
        SnapStart = config.SnapStart ?? model.SnapStart,
    };

    static string? Unless(string nothing, string? value) => value == nothing ? null : value;

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
        using var held = await store.LockAsync(model.Name);
        // Deleted, and perhaps made anew, in the meantime.
        if (store.Find(model.Name) is not { } function || function.Latest.EnvironmentRevision != model.EnvironmentRevision) return;
        var version = function.PendingVersion is { } pending ? store.FindVersion(model.Name, pending.ToString(CultureInfo.InvariantCulture)) : null;
        await store.SaveAsync(
            function with
            {
                Latest = prepared,
                PendingVersion = null,
                PublishedFingerprint = version is not null && IsFailed(prepared) ? null : function.PublishedFingerprint,
            },
            version is null ? null : Settle(version, prepared));
    }

    // A version that was published together with a change shares its fate.
    static FunctionModel Settle(FunctionModel version, FunctionModel latest) => version with
    {
        State = IsFailed(latest) ? FunctionState.Failed : FunctionState.Active,
        LastUpdateStatus = IsFailed(latest) ? null : UpdateStatus.Successful,
        Reason = latest.Reason,
        ReasonCode = latest.ReasonCode,
        RevisionId = Guid.NewGuid(),
    };

    static bool IsFailed(FunctionModel model) => model.State == FunctionState.Failed || model.LastUpdateStatus == UpdateStatus.Failed;

    [LoggerMessage(Level = LogLevel.Error, Message = "The code of function {Function} could not be unpacked")]
    partial void LogPreparationFailed(string function, Exception error);
}
