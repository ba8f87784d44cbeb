using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Storage;

namespace Lambray.Functions.EventSources;

/// <summary>The event source mappings of the account: which functions get what Lambda polls from queues, streams and brokers.</summary>
/// <remarks>
/// A change is answered in a passing state (Creating, Updating, Disabling, …), as in AWS; <see cref="EventSourcePolling"/>, told by
/// <see cref="Changed"/>, brings it through. A mapping outlives its function.
/// </remarks>
public sealed class EventSourceMappings(
    SqliteDatabase database, FunctionStore functions, RolePermissions permissions, IEnumerable<IEventSource> sources, AwsHome home, TimeProvider time)
    : ITaggedResources, IDisposable
{
    readonly SemaphoreSlim changing = new(1, 1);
    readonly Dictionary<EventSourceKind, IEventSource> byKind = sources.ToDictionary(source => source.Kind);

    /// <summary>Raised after a change by a caller is durable.</summary>
    public event Action<EventSourceMapping>? Changed;

    /// <summary>Raised after a mapping has come into a state by itself, or tells another result of its batches.</summary>
    public event Action? Progressed;

    string ITaggedResources.ArnResource => "event-source-mapping";

    /// <param name="function">A name or an ARN, with a qualifier or without.</param>
    /// <exception cref="AwsException">The request breaks a rule, or what it names is not there.</exception>
    public async Task<EventSourceMapping> CreateAsync(string? function, MappingSettings asked, bool isEnabled, IReadOnlyDictionary<string, string>? tags)
    {
        new Validation().Require(function is not null, null, "functionName", "Member must not be null").ThrowIfAny();
        MappingLimits.Check(asked);
        var kind = MappingRules.CheckNew(asked);
        TagLimits.Check(tags);
        var name = RequireFunction(function!);
        var uuid = Guid.NewGuid();
        var mapping = new EventSourceMapping
        {
            Uuid = uuid,
            Kind = kind,
            Function = name,
            // As recorded: filters that are none are not shown, and neither are other empty structures.
            Settings = MappingDefaults.Apply(kind, MappingChange.Apply(asked, asked), uuid),
            State = isEnabled ? MappingState.Creating : MappingState.Disabled,
            IsEnabled = isEnabled,
            LastProcessingResult = kind.ShowsProcessingResult ? ProcessingResults.None : null,
            LastModified = time.GetUtcNow(),
            Tags = tags ?? new Dictionary<string, string>(),
        };
        await RequireReadableAsync(mapping);
        await changing.WaitAsync();
        try
        {
            RequireUnique(mapping);
            await SaveAsync(mapping);
        }
        finally
        {
            changing.Release();
        }
        Changed?.Invoke(mapping);
        return mapping;
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public EventSourceMapping Get(string uuid) => Find(uuid) ?? throw LambdaErrors.ResourceNotFound();

    /// <summary>Null for what is no id, too.</summary>
    public EventSourceMapping? Find(string uuid) => Guid.TryParse(uuid, out var id) ? database.Read(connection => MappingRows.Find(connection, id)) : null;

    /// <summary>In the order of their ids, from behind this one. A function or source that is not there has none.</summary>
    public IReadOnlyList<EventSourceMapping> List(string? sourceArn, string? function, string after, int count)
    {
        var functionArn = function is null ? null : FunctionName.Parse(function, qualifier: null, home).Arn(home).ToString();
        return database.Read(connection => MappingRows.List(connection, sourceArn, functionArn, after, count));
    }

    /// <param name="function">Null for the one that it has.</param>
    /// <param name="isEnabled">Null for what it is.</param>
    /// <exception cref="AwsException">As <see cref="CreateAsync"/>; or it is not there, or on its way to another state.</exception>
    public async Task<EventSourceMapping> UpdateAsync(string uuid, string? function, MappingSettings asked, bool? isEnabled)
    {
        MappingLimits.Check(asked);
        var changed = await ChangeAsync(uuid, async current =>
        {
            RequireSettled(current, "update");
            MappingRules.CheckDestinations(current.Kind, asked.DestinationConfig);
            var changed = current with
            {
                Function = function is null ? current.Function : RequireFunction(function),
                Settings = MappingChange.Apply(asked, current.Settings),
                IsEnabled = isEnabled ?? current.IsEnabled,
                State = NextState(current.IsEnabled, isEnabled),
                LastModified = time.GetUtcNow(),
            };
            MappingRules.Check(current.Kind, changed.Settings);
            if (changed.Function != current.Function) RequireUnique(changed);
            await RequireReadableAsync(changed);
            return changed;
        });
        Changed?.Invoke(changed);
        return changed;
    }

    /// <summary>Begins to delete; until nothing is at work any more it can still be seen.</summary>
    /// <exception cref="AwsException">It is not there, or on its way to another state.</exception>
    public async Task<EventSourceMapping> DeleteAsync(string uuid)
    {
        var changed = await ChangeAsync(uuid, current =>
        {
            RequireSettled(current, "delete");
            return Task.FromResult(current with { State = MappingState.Deleting, IsEnabled = false, LastModified = time.GetUtcNow() });
        });
        Changed?.Invoke(changed);
        return changed;
    }

    IReadOnlyDictionary<string, string> ITaggedResources.GetTags(string arn) => GetByArn(arn).Tags;

    Task ITaggedResources.ChangeTagsAsync(string arn, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change) =>
        ChangeAsync(GetByArn(arn).Uuid.ToString(), current => Task.FromResult(current with { Tags = change(current.Tags) }));

    public void Dispose() => changing.Dispose();

    /// <summary>All that there are.</summary>
    internal IReadOnlyList<EventSourceMapping> All() => List(null, null, "", int.MaxValue);

    /// <summary>What reads this kind of source; null when this server has no such service.</summary>
    internal IEventSource? SourceOf(EventSourceMapping mapping) => byKind.GetValueOrDefault(mapping.Kind);

    /// <summary>Ends a change: the mapping is what it was to be, or gone.</summary>
    internal async Task SettleAsync(Guid uuid, string? processingResult)
    {
        if (Find(uuid.ToString()) is not { IsChanging: true } found) return;
        if (found.State == MappingState.Deleting)
            await database.WriteAsync(connection => MappingRows.Delete(connection, uuid));
        else
            await ChangeAsync(uuid.ToString(), current => Task.FromResult(current with
            {
                State = current.IsEnabled ? MappingState.Enabled : MappingState.Disabled,
                LastProcessingResult = processingResult ?? current.LastProcessingResult,
                LastModified = time.GetUtcNow(),
            }));
        Progressed?.Invoke();
    }

    /// <summary>Keeps how the last batch went, if that is news.</summary>
    internal async Task TellAsync(Guid uuid, string? processingResult)
    {
        if (Find(uuid.ToString()) is not { } found || found.LastProcessingResult == processingResult) return;
        await ChangeAsync(uuid.ToString(), current => Task.FromResult(current with { LastProcessingResult = processingResult }));
        Progressed?.Invoke();
    }

    async Task<EventSourceMapping> ChangeAsync(string uuid, Func<EventSourceMapping, Task<EventSourceMapping>> change)
    {
        await changing.WaitAsync();
        try
        {
            var changed = await change(Get(uuid));
            await SaveAsync(changed);
            return changed;
        }
        finally
        {
            changing.Release();
        }
    }

    Task SaveAsync(EventSourceMapping mapping) =>
        database.WriteAsync(connection => MappingRows.Save(connection, mapping, mapping.Function.Arn(home).ToString()));

    FunctionName RequireFunction(string text)
    {
        var name = FunctionName.Parse(text, qualifier: null, home);
        return functions.Find(name.Name) is { } found && functions.HasQualifier(found, name.Qualifier)
            ? name
            : throw LambdaErrors.InvalidParameter("Function does not exist");
    }

    async Task RequireReadableAsync(EventSourceMapping mapping)
    {
        if (SourceOf(mapping) is { } source) await source.RequireReadableAsync(mapping);
        var function = functions.Find(mapping.Function.Name)?.Latest;
        if (function is not null) SourceAccessCheck.Require(permissions, function, mapping);
    }

    // AWS words this in a way of its own for each family of sources (recorded).
    void RequireUnique(EventSourceMapping mapping)
    {
        var function = mapping.Function.Arn(home).ToString();
        var same = database.Read(connection => MappingRows.ListOf(connection, function)).FirstOrDefault(other =>
            other.Uuid != mapping.Uuid && other.Sources.Intersect(mapping.Sources).Any()
            && (!mapping.Kind.IsKafka || other.Settings.Topics!.Intersect(mapping.Settings.Topics!).Any()));
        if (same is null) return;
        var (arn, name) = (mapping.Settings.EventSourceArn, mapping.Function.Name);
        throw new AwsException("ResourceConflictException", 409, mapping.Kind switch
        {
            EventSourceKind.Sqs => $"An event source mapping with SQS arn (\" {arn} \") and function (\" {name} \") already exists.",
            _ when mapping.Kind.IsKafka => $"An event source mapping with event source (\"{string.Join(',', mapping.Sources)}\"), function (\"{function}\"), " +
                $"topics (\"{string.Join(',', mapping.Settings.Topics!)}\") already exists.",
            _ => $"The event source arn (\" {arn} \") and function (\" {name} \") provided mapping already exists.",
        } + $" Please update or delete the existing mapping with UUID {same.Uuid}");
    }

    static void RequireSettled(EventSourceMapping mapping, string verb)
    {
        if (mapping.IsChanging) throw new AwsException("ResourceInUseException", 400, $"Cannot {verb} the event source mapping because it is in use.");
    }

    static MappingState NextState(bool isEnabled, bool? asked) => asked switch
    {
        true when !isEnabled => MappingState.Enabling,
        false when isEnabled => MappingState.Disabling,
        _ => MappingState.Updating,
    };

    EventSourceMapping GetByArn(string arn) => Find(arn[(arn.LastIndexOf(':') + 1)..]) is { } found && found.Arn(home).ToString() == arn
        ? found
        : throw new AwsException("ResourceNotFoundException", 404, $"Event source mapping not found: {arn}");
}
