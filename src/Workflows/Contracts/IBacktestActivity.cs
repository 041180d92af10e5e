using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Backtests;
using Lifecycle.Domain.Models;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>What a backtest needs beside the stages: its periods, and its page.</summary>
public interface IBacktestActivity
{
    /// <summary>Reads the model definition, once for the whole backtest, and lists the periods.</summary>
    [Activity]
    Task<BacktestPlan> PlanBacktestAsync(BacktestRequest request);

    /// <summary>Draws the table of verdicts as a self-contained HTML page.</summary>
    [Activity]
    Task<ArtifactRef> DrawBacktestAsync(BacktestState state);
}

/// <summary>What a backtest will do.</summary>
/// <param name="Definition">The model definition as it is now, with the first period's DataSnapshot.</param>
/// <param name="Periods">The DataSnapshots, oldest first.</param>
public sealed record BacktestPlan(RunDefinition Definition, ImmutableArray<SnapshotDefinition> Periods);
