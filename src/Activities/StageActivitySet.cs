using System.Collections.Immutable;
using Lifecycle.Activities.Alerts;
using Lifecycle.Activities.Files;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Snapshots;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Stores;
using Lifecycle.Serving.Logging;
using Lifecycle.Training.Trainers;
using Temporalio.Client;

namespace Lifecycle.Activities;

/// <summary>Where the stages find their things on one worker.</summary>
/// <param name="ModelsFolder">The model definitions.</param>
/// <param name="ScratchFolder">Verified copies of artifacts, and unfinished work.</param>
/// <param name="PackagesFolder">Installed data packages.</param>
/// <param name="KeysHome">Enrolment and keys.</param>
public sealed record StagePlaces(string ModelsFolder, string ScratchFolder, string PackagesFolder, string KeysHome)
{
    /// <summary>Further folders whose files requests may name; none by default.</summary>
    public ImmutableArray<string> DataFolders { get; init; } = [];

    /// <summary>The operator's alerts.yaml, which no request may name; null where there is none.</summary>
    public string? AlertsFile { get; init; }

    /// <summary>What requests may name on this worker.</summary>
    public FileAccessRules FileAccess => new(ModelsFolder, KeysHome)
    {
        DataFolders = DataFolders,
        Closed = AlertsFile is { } alerts ? [ScratchFolder, PackagesFolder, alerts] : [ScratchFolder, PackagesFolder],
    };
}

/// <summary>The activities of all stages, composed once, by the task queue that serves them.</summary>
/// <param name="Lifecycle">Short ones.</param>
/// <param name="Training">Data and training stages.</param>
/// <param name="Publish">Publication and promotion.</param>
public sealed record StageActivitySet(ImmutableArray<object> Lifecycle, ImmutableArray<object> Training, ImmutableArray<object> Publish)
{
    /// <summary>Composes the activities of a worker that polls <paramref name="client"/>'s engine.</summary>
    public static StageActivitySet Create(StagePlaces places, ITemporalClient client, IBlobStore store, AlertParts alerts, TimeProvider time)
    {
        StageFolders folders = new(places.ModelsFolder, places.ScratchFolder);
        RequestedFiles files = new(places.FileAccess);
        ArtifactStore artifacts = new(store, Path.Combine(places.ScratchFolder, "artifacts"));
        DataLimits limits = new();
        LogFeedback feedback = new(new PredictionParts(store, Path.Combine(places.ScratchFolder, "log")), limits);
        SnapshotTaker taker = new(new NpmPackageCache(places.PackagesFolder, time), limits, feedback);
        KeyFolder keys = new(places.KeysHome);
        RequestDesk desk = new(keys, store);
        ReleaseChannels channels = new(store);
        ApprovalActivity approval = new(artifacts, keys, desk);
        PromotionActivity promotion = new(client, channels);
        WatchActivity watch = new(new(folders, store, artifacts, keys, limits, time), client);
        ColdStartActivity coldStart = new(folders, taker, artifacts, keys, desk, limits);
        PromotionWatchActivity promotionWatch = new(folders, keys, store, artifacts, limits, time);
        RollbackActivity rollback = new(client, folders, keys, store, artifacts, desk, time);
        return new StageActivitySet(
            [
                new DefinitionActivity(folders, artifacts, desk), new LaunchActivity(client, folders, desk), new RequestActivity(folders, desk), new SensorActivity(folders, files, store, time), approval, promotion,
                rollback, new AlertActivity(client, alerts), watch, promotionWatch, coldStart,
            ],
            [
                new SnapshotActivity(folders, taker, artifacts),
                new ValidationActivity(folders, taker, artifacts, new AcceptedSnapshots(store), limits),
                new FeaturesActivity(folders, artifacts, limits),
                new TrainingActivity(folders, artifacts, limits, new LightGbmTrainer(time)),
                new ExportActivity(artifacts, limits),
                new EvaluationActivity(artifacts, keys, store, limits, time),
                new ScoringActivity(folders, files, keys, store, artifacts, limits, time),
                approval,
                watch,
                promotionWatch,
                coldStart,
            ],
            [new PublicationActivity(keys, store, artifacts, time), promotion, rollback, new ChannelActivity(channels)]);
    }
}
