using System.Collections.Immutable;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Trust;
using Lifecycle.Publishing.Watching;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;
using Lifecycle.Watching;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Client;

namespace Lifecycle.Activities;

/// <summary>Stage 11, Watch: plans, measures, decides and draws.</summary>
public sealed class WatchActivity : IWatchActivity
{
    private readonly WatchPlaces places;
    private readonly PredictionParts log;
    private readonly DriftJournal journal;
    private readonly WatchDocuments documents;
    private readonly RunFactsReader? runs;

    /// <summary>Makes the activity of one worker.</summary>
    /// <param name="places">What it reads and writes.</param>
    /// <param name="client">The engine that knows the RetrainingRuns; null in a stage's child process, which decides nothing.</param>
    public WatchActivity(WatchPlaces places, ITemporalClient? client)
    {
        this.places = places;
        log = new PredictionParts(places.Store, Path.Combine(places.Folders.Scratch, "log"));
        journal = new DriftJournal(places.Store);
        documents = new WatchDocuments(places.Artifacts, places.Store);
        runs = client is null ? null : new RunFactsReader(client);
    }

    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<WatchPlan> PlanWatchAsync(WatchPlanInput input) => StageScope.RunAsync(async cancellation =>
    {
        string name = input.Definition.Model;
        if (await new ReleaseChannels(places.Store).ReadAsync(name, input.Definition.Channel, cancellation) is null)
        {
            return new WatchPlan();
        }

        ChannelEntry live = (await LiveModel.FindAsync(
            places.Store, places.Keys.ReadTrustRoot(), name, input.Definition.Channel, places.Time, cancellation)).Entry;
        if (live.Origin is ReferenceOrigin)
        {
            return new WatchPlan { Live = live, Unwatched = Unwatched(live) };
        }

        ModelDefinition model = await places.Artifacts.ReadDefinitionAsync(input.Definition, cancellation);
        using StageWorkspace workspace = places.Folders.OpenWorkspace("plan");
        ImmutableArray<DueWindow> due = await new WatchAgenda(log, journal, places.Limits).ReadAsync(model, input.Now, workspace.Folder, cancellation);
        return await new WindowSieve(log, journal, places.Limits)
            .PlanAsync(model, live, due, input.MaximumWindows, workspace.Folder, cancellation);
    });

    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<DriftReport> MeasureWindowAsync(WatchInput input) => StageScope.RunAsync(async cancellation =>
    {
        ModelDefinition model = await places.Artifacts.ReadDefinitionAsync(input.Definition, cancellation);
        using StageWorkspace workspace = places.Folders.OpenWorkspace("watch");
        VerifiedVersion live = input.Live.Model == model.Name && input.Live.Channel == model.Channel
            ? await new ChannelTrust(places.Store, places.Keys.ReadTrustRoot(), places.Time).MeasurableAsync(input.Live, cancellation)
            : throw new UntrustedVersionException(input.Live, $"the window is one of {model.Channel} for {model.Name}");
        using WatchedModel watched = await WatchedModel.OpenAsync(live, cancellation);
        ImmutableArray<WatchWindow> blocked = await journal.BlockedSinceAsync(
            input.Definition.Model, input.Window.From - model.Watch.LabelDelay, cancellation);
        MeasuredWindow measured = await new WindowMeasurement(places.Artifacts, log, places.Limits)
            .MeasureAsync(model, watched, input.Live, input.Window, blocked, workspace.Folder, cancellation);
        return await documents.StoreAsync(measured, model.Watch.Policy, cancellation);
    });

    /// <inheritdoc/>
    [Activity]
    public Task<DriftDecision> DecideWindowAsync(DecisionRequest request) => StageScope.RunAsync(async cancellation =>
    {
        ModelDefinition model = await places.Artifacts.ReadDefinitionAsync(request.Definition, cancellation);
        DriftEvidence evidence = new()
        {
            Report = request.Report,
            Runs = await runs!.ReadAsync(request.Live, cancellation),
            Now = request.Now,
        };
        return await journal.RecordAsync(model.Watch.Policy, evidence, cancellation);
    });

    /// <inheritdoc/>
    [Activity]
    public Task<string> DrawDriftPageAsync(DriftPageInput input) => 
        StageScope.RunAsync(cancellation => documents.DrawAsync(input.Report, input.Decision, cancellation));

    private static string Unwatched(ChannelEntry live) =>
        $"inconclusive: version {live.Version} is a cold start, and a reference model has no drift baseline; its traffic is logged, nothing is decided until a trained model is live";
}

/// <summary>What a watch reads and writes.</summary>
/// <param name="Folders">Folders on this machine.</param>
/// <param name="Store">The blob store.</param>
/// <param name="Artifacts">The artifacts in it.</param>
/// <param name="Keys">The enrolment that Publications are verified with.</param>
/// <param name="Limits">What data work may use.</param>
/// <param name="Time">The clock that signatures are verified by.</param>
public sealed record WatchPlaces(
    StageFolders Folders, IBlobStore Store, ArtifactStore Artifacts, KeyFolder Keys, DataLimits Limits, TimeProvider Time);
