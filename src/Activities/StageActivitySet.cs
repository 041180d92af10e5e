using System.Collections.Immutable;
using Lifecycle.Activities.Alerts;
using Lifecycle.Activities.Files;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Snapshots;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Keys;
using Lifecycle.Serving.Logging;
using Lifecycle.Storage;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;
using Temporalio.Activities;
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

    /// <summary>Where stages make their folders; null, the default, is <c>work</c> in the scratch folder.</summary>
    public string? WorkFolder { get; init; }

    internal FileAccessRules FileAccess => new(ModelsFolder, KeysHome)
    {
        DataFolders = DataFolders,
        Closed = AlertsFile is { } alerts ? [ScratchFolder, PackagesFolder, alerts] : [ScratchFolder, PackagesFolder],
    };

    internal StageFolders Folders => new(ModelsFolder, ScratchFolder) { Work = WorkFolder ?? Path.Combine(ScratchFolder, "work") };

    internal ArtifactStore OpenArtifacts(IBlobStore store) => new(store, Path.Combine(ScratchFolder, "artifacts"));
}

/// <summary>The activities of all stages, composed once, by the task queue that serves them.</summary>
/// <param name="Lifecycle">Short ones.</param>
/// <param name="Training">Data and training stages.</param>
/// <param name="Publish">Publication and promotion.</param>
public sealed record StageActivitySet(
    ImmutableArray<ActivityDefinition> Lifecycle, ImmutableArray<ActivityDefinition> Training, ImmutableArray<ActivityDefinition> Publish)
{
    /// <summary>
    /// Composes the activities of a worker that polls <paramref name="client"/>'s engine. The isolated ones are forwarded to
    /// <paramref name="processes"/>.
    /// </summary>
    public static StageActivitySet Create(
        StagePlaces places, ITemporalClient client, IBlobStore store, AlertParts alerts, IStageProcesses processes, TimeProvider time)
    {
        StageFolders folders = places.Folders;
        RequestedFiles files = new(places.FileAccess);
        ArtifactStore artifacts = places.OpenArtifacts(store);
        KeyFolder keys = new(places.KeysHome);
        RequestDesk desk = new(keys, store);
        ReleaseChannels channels = new(store);
        ApprovalActivity approval = new(artifacts, keys, desk);
        PromotionActivity promotion = new(client, channels);
        RollbackActivity rollback = new(client, folders, keys, store, artifacts, desk, time);
        ImmutableArray<object> data = DataActivities(places, store, new DataLimits(), client, time);
        return new StageActivitySet(
            Define(
                processes,
                [
                    new LaunchActivity(client, folders, desk), new RequestActivity(folders, desk),
                    new SensorActivity(folders, files, store, time), approval, promotion, rollback, new AlertActivity(client, alerts),
                    .. data.Where(activity => activity is DefinitionActivity or WatchActivity or PromotionWatchActivity or ColdStartActivity or BacktestActivity),
                ]),
            Define(processes, [.. data.Where(activity => activity is not DefinitionActivity), approval]),
            Define(processes, [new PublicationActivity(keys, store, artifacts, time), promotion, rollback, new ChannelActivity(channels)]));
    }

    /// <summary>The activities that have to do with data and models; a stage's child process composes them without a client.</summary>
    internal static ImmutableArray<object> DataActivities(
        StagePlaces places, IBlobStore store, DataLimits limits, ITemporalClient? client, TimeProvider time)
    {
        StageFolders folders = places.Folders;
        ArtifactStore artifacts = places.OpenArtifacts(store);
        KeyFolder keys = new(places.KeysHome);
        LogFeedback feedback = new(new PredictionParts(store, Path.Combine(places.ScratchFolder, "log")), limits);
        SnapshotTaker taker = new(new NpmPackageCache(places.PackagesFolder, time), limits, feedback);
        return
        [
            new DefinitionActivity(folders, artifacts, new RequestDesk(keys, store)),
            new SnapshotActivity(folders, taker, artifacts),
            new ValidationActivity(folders, taker, artifacts, new AcceptedSnapshots(store), limits),
            new FeaturesActivity(folders, artifacts, limits),
            new TrainingActivity(folders, artifacts, limits, new ModelTraining(KnownTrainers.All, time)),
            new ExportActivity(artifacts, limits),
            new EvaluationActivity(artifacts, keys, store, limits, time),
            new ScoringActivity(folders, new RequestedFiles(places.FileAccess), keys, store, artifacts, limits, time),
            new WatchActivity(new(folders, store, artifacts, keys, limits, time), client),
            new PromotionWatchActivity(folders, keys, store, artifacts, limits, time),
            new BacktestActivity(folders, artifacts),
            new ColdStartActivity(folders, taker, artifacts, keys, new RequestDesk(keys, store), limits),
        ];
    }

    private static ImmutableArray<ActivityDefinition> Define(IStageProcesses processes, ImmutableArray<object> activities) =>
        [.. activities.SelectMany(activity => StageForwarding.Define(activity, processes))];
}
