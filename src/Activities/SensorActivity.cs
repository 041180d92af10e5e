using System.Collections.Immutable;
using Lifecycle.Activities.Files;
using Lifecycle.Activities.Sensors;
using Lifecycle.Activities.Stages;
using Lifecycle.Definitions;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Sensors;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>
/// Looks at sensors and moves their records. What was there at the first look is remembered and claimed by nobody: it
/// did not arrive, it was there. What a webhook tells is new from the first time on.
/// </summary>
public sealed class SensorActivity(StageFolders folders, RequestedFiles files, IBlobStore store, TimeProvider time) : ISensorActivity
{
    private readonly SensorRecords records = new(store);

    /// <inheritdoc/>
    [Activity]
    public Task<SensorSighting> SenseAsync(DataSensorRequest request) => StageScope.RunAsync(async cancellation =>
    {
        ModelDefinition definition = new ModelCatalog(folders.Models).Read(request.Model).Definition;
        ImmutableArray<SensorRecord>.Builder seen = ImmutableArray.CreateBuilder<SensorRecord>();
        foreach (SensorDefinition sensor in Asked(definition, request.Arrival))
        {
            seen.Add(request.Arrival is { } arrival
                ? await HearAsync(definition, sensor, arrival, cancellation)
                : await LookAsync(definition, sensor, cancellation));
        }

        string run = ActivityExecutionContext.Current.Info.WorkflowRunId!;
        return new SensorSighting { Sensors = seen.ToImmutable(), Claimed = [.. seen.Where(record => record.ClaimedBy == run).Select(record => record.Sensor)] };
    });

    /// <inheritdoc/>
    [Activity]
    public Task<SensorSighting> ReleaseClaimsAsync(SensorClaims claims) => StageScope.RunAsync(async cancellation =>
    {
        string run = ActivityExecutionContext.Current.Info.WorkflowRunId!;
        ImmutableArray<SensorRecord>.Builder released = ImmutableArray.CreateBuilder<SensorRecord>();
        foreach (string sensor in claims.Sensors)
        {
            released.Add(await records.MoveAsync(claims.Model, sensor, current => Released(current!, run), cancellation));
        }

        return new SensorSighting { Sensors = released.ToImmutable() };
    });

    private static IEnumerable<SensorDefinition> Asked(ModelDefinition definition, DataArrival? arrival)
    {
        if (arrival is null)
        {
            return definition.Sensors.Where(sensor => !sensor.Webhook);
        }

        RequestedSnapshot.Of(definition, arrival.Snapshot);
        return definition.Sensors.FirstOrDefault(sensor => sensor.Id == arrival.Sensor && sensor.Webhook) is { } told
            ? [told]
            : throw new InvalidRequestException(
                $"models/{definition.Name}/model.yaml has no sensor '{arrival.Sensor}' with 'webhook: true'; add it under 'sensors', or name one that is there");
    }

    private async Task<SensorRecord> LookAsync(ModelDefinition definition, SensorDefinition sensor, CancellationToken cancellation)
    {
        SensorRecord? known = (await records.ReadAllAsync(definition.Name, cancellation)).FirstOrDefault(record => record.Sensor == sensor.Id);
        SensorContent? content = await new SensorLook(store, files, definition.Name).AtAsync(sensor, known, time.GetUtcNow(), cancellation);
        return await TakeAsync(definition, sensor, content, cancellation);
    }

    private Task<SensorRecord> HearAsync(ModelDefinition definition, SensorDefinition sensor, DataArrival arrival, CancellationToken cancellation)
    {
        string run = ActivityExecutionContext.Current.Info.WorkflowRunId!;
        DateTimeOffset now = time.GetUtcNow();
        return records.MoveAsync(
            definition.Name,
            sensor.Id,
            current => SensorPosts.IsKnown(current, arrival, run)
                ? current!
                : SensorMove.Of(current ?? First(definition, sensor, now), new(arrival.Digest, "", now), now, run, sensor.Freshness) with
                {
                    Posts = SensorPosts.With(current?.Posts ?? [], arrival, run, now),
                },
            cancellation);
    }

    private Task<SensorRecord> TakeAsync(
        ModelDefinition definition, SensorDefinition sensor, SensorContent? content, CancellationToken cancellation)
    {
        string run = ActivityExecutionContext.Current.Info.WorkflowRunId!;
        DateTimeOffset now = time.GetUtcNow();
        return records.MoveAsync(definition.Name, sensor.Id, current => SensorMove.Of(current ?? First(definition, sensor, now), content, now, current is not null ? run : "", sensor.Freshness), cancellation);
    }

    private static SensorRecord First(ModelDefinition definition, SensorDefinition sensor, DateTimeOffset now) =>
        new() { Model = definition.Name, Sensor = sensor.Id, FirstCheckedAt = now, CheckedAt = now };

    private static SensorRecord Released(SensorRecord current, string run) => current.ClaimedBy == run
        ? current with { Digest = current.PreviousDigest, PreviousDigest = "", Fingerprint = "", ClaimedBy = "", Posts = [.. current.Posts.Where(post => post.TakenBy != run)] }
        : current;
}
