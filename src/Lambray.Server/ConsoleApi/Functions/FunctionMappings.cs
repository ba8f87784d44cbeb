using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Functions.EventSources;
using Lambray.Functions.Registry;
using Lambray.Resources.Sqs;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Functions;

/// <summary>What is polled for a function: made, changed, switched off and on, and ended by the rules of the Lambda API.</summary>
static class FunctionMappings
{
    /// <summary>What there is to poll.</summary>
    public static EventSourceList ListSources([FromServices] QueueDirectory queues, [FromServices] AwsHome home) =>
        new([.. queues.All.Select(queue => queue.Config.Arn(home).ToString())]);

    public static async Task<MappingDetail> Create(string name, string? qualifier, [FromBody] NewMapping asked, [FromServices] EventSourceMappings mappings, [FromServices] AwsHome home)
    {
        var function = new FunctionName(name, qualifier).Arn(home).ToString();
        var settings = asked.Settings.ToSettings() with { EventSourceArn = asked.Source, StartingPosition = asked.StartingPosition };
        return MappingDetail.Of(await mappings.CreateAsync(function, settings, asked.Enabled, tags: null));
    }

    public static async Task<MappingDetail> Change(string uuid, [FromBody] MappingChangeAsked asked, [FromServices] EventSourceMappings mappings) =>
        MappingDetail.Of(await mappings.UpdateAsync(uuid, function: null, asked.Settings?.ToSettings() ?? new MappingSettings(), asked.Enabled));

    public static async Task<MappingDetail> Delete(string uuid, [FromServices] EventSourceMappings mappings) => MappingDetail.Of(await mappings.DeleteAsync(uuid));
}

/// <param name="Sources">ARNs.</param>
sealed record EventSourceList(IReadOnlyList<string> Sources);

/// <param name="Source">ARN of a queue or stream.</param>
/// <param name="StartingPosition">Of streams: <c>LATEST</c> or <c>TRIM_HORIZON</c>.</param>
sealed record NewMapping(string? Source, string? StartingPosition, bool Enabled, MappingForm Settings);

/// <param name="Enabled">Null for what it is.</param>
/// <param name="Settings">Null for those that it has.</param>
sealed record MappingChangeAsked(bool? Enabled, MappingForm? Settings);

/// <summary>How records are read and handed over; null where a kind of source has no such setting.</summary>
/// <param name="MaximumBatchingWindow">Seconds.</param>
/// <param name="Filters">Patterns; a record has to fit one of them. None lets all through.</param>
/// <param name="ReportsItemFailures">Whether the function answers which records of a batch have failed.</param>
/// <param name="MaximumConcurrency">Batches of a queue at work at once; null for as many as there are.</param>
/// <param name="MaximumRetryAttempts">-1 for as often as it takes.</param>
/// <param name="MaximumRecordAge">Seconds; -1 for as long as the stream keeps a record.</param>
/// <param name="ParallelizationFactor">Batches of one shard at work at once.</param>
/// <param name="OnFailure">ARN to which batches go that are given up; empty for none.</param>
sealed record MappingForm(
    int? BatchSize, int? MaximumBatchingWindow, IReadOnlyList<string> Filters, bool? ReportsItemFailures, int? MaximumConcurrency, int? MaximumRetryAttempts,
    int? MaximumRecordAge, bool? BisectsBatches, int? ParallelizationFactor, string? OnFailure)
{
    const string ReportBatchItemFailures = nameof(ReportBatchItemFailures);

    public static MappingForm Of(MappingSettings settings) => new(
        settings.BatchSize, settings.MaximumBatchingWindowInSeconds, [.. (settings.FilterCriteria?.Filters ?? []).Select(filter => filter.Pattern ?? "")],
        settings.FunctionResponseTypes is { } types ? types.Contains(ReportBatchItemFailures) : null, settings.ScalingConfig?.MaximumConcurrency, settings.MaximumRetryAttempts,
        settings.MaximumRecordAgeInSeconds, settings.BisectBatchOnFunctionError, settings.ParallelizationFactor, settings.DestinationConfig?.OnFailure?.Destination);

    /// <summary>As the Lambda API has it, where an empty structure takes away what was set.</summary>
    public MappingSettings ToSettings() => new()
    {
        BatchSize = BatchSize,
        MaximumBatchingWindowInSeconds = MaximumBatchingWindow,
        FilterCriteria = new FilterCriteria([.. Filters.Select(pattern => new FilterPattern(pattern))]),
        FunctionResponseTypes = ReportsItemFailures is { } reports ? (reports ? [ReportBatchItemFailures] : []) : null,
        ScalingConfig = new QueueScaling(MaximumConcurrency),
        MaximumRetryAttempts = MaximumRetryAttempts,
        MaximumRecordAgeInSeconds = MaximumRecordAge,
        BisectBatchOnFunctionError = BisectsBatches,
        ParallelizationFactor = ParallelizationFactor,
        DestinationConfig = OnFailure is { } target ? new MappingDestinations(null, new MappingDestination(target)) : null,
    };
}

/// <summary>What is polled for a function.</summary>
/// <param name="Kind">The service, as people call it.</param>
/// <param name="IsStream">Read shard by shard in order.</param>
sealed record MappingDetail(
    string Uuid, string Kind, bool IsStream, IReadOnlyList<string> Sources, string? Qualifier, MappingState State, string? StartingPosition, MappingForm Settings,
    string? LastProcessingResult, EpochMicroseconds LastModified)
{
    public static MappingDetail Of(EventSourceMapping mapping) => new(
        mapping.Uuid.ToString(), mapping.Kind.ServiceName, mapping.Kind.IsStream, mapping.Sources, mapping.Function.Qualifier, mapping.State, mapping.Settings.StartingPosition,
        MappingForm.Of(mapping.Settings), mapping.LastProcessingResult, mapping.LastModified);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EventSourceList))]
[JsonSerializable(typeof(NewMapping))]
[JsonSerializable(typeof(MappingChangeAsked))]
[JsonSerializable(typeof(MappingDetail))]
sealed partial class FunctionMappingsJson : JsonSerializerContext;
