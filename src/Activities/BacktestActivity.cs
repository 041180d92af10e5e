using System.Collections.Immutable;
using System.Text;
using Lifecycle.Activities.Stages;
using Lifecycle.Definitions;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Backtests;
using Lifecycle.Domain.Models;
using Lifecycle.Evaluation.Reports;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>Lists a backtest's periods, and draws its table.</summary>
public sealed class BacktestActivity(StageFolders folders, ArtifactStore artifacts) : IBacktestActivity
{
    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<BacktestPlan> PlanBacktestAsync(BacktestRequest request) => StageScope.RunAsync(async cancellation =>
    {
        LoadedModelDefinition loaded = new ModelCatalog(folders.Models).ReadChecked(request.Model, cancellation);
        SnapshotDefinition last = RequestedSnapshot.Of(loaded.Definition, request.To);
        SnapshotDefinition first = request switch
        {
            { From: { } from } => RequestedSnapshot.Of(loaded.Definition, from),
            { ShuffleLabels: true } => last,
            _ => OldestOf(loaded.Definition),
        };
        ImmutableArray<SnapshotDefinition> periods = [.. loaded.Definition.Snapshots.Where(one => one.Cutoff >= first.Cutoff && one.Cutoff <= last.Cutoff)];
        return periods is not []
            ? new BacktestPlan(await artifacts.RecordAsync(loaded, first, cancellation), periods)
            : throw new InvalidRequestException($"the backtest of {request.Model} ends with {last.Id}, before it begins with {first.Id}; turn them round");
    });

    /// <inheritdoc/>
    [Activity]
    public Task<ArtifactRef> DrawBacktestAsync(BacktestState state) => StageScope.RunAsync(cancellation =>
        artifacts.UploadAsync(Encoding.UTF8.GetBytes(BacktestPage.Render(state)), MediaTypes.Html, cancellation));

    private static SnapshotDefinition OldestOf(ModelDefinition definition) =>
        definition.Snapshots is [var oldest, ..] ? oldest : RequestedSnapshot.Of(definition, null);
}
