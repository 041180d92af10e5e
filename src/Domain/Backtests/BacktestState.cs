using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;

namespace Lifecycle.Domain.Backtests;

/// <summary>All that a backtest knows: the answer of its <c>state</c> query and, once closed, its result.</summary>
public sealed record BacktestState
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Periods that there will be; 0 until the definition is read.</summary>
    public int Total { get; init; }

    /// <summary>The periods that are judged, oldest first.</summary>
    public ImmutableArray<BacktestPeriod> Periods { get; init; } = [];

    /// <summary>The period in work; null between two, and at the end.</summary>
    public string? InWork { get; init; }

    /// <summary>The stage in work.</summary>
    public string? Stage { get; init; }

    /// <summary>The Champion of the next period; null while none was blessed.</summary>
    public BacktestChampion? Champion { get; init; }

    /// <summary>The newest DataSnapshot that validation accepted, which the next one is held against; null while there is none.</summary>
    public DataSnapshot? Previous { get; init; }

    /// <summary>The table as a self-contained HTML page; null until the end.</summary>
    public ArtifactRef? Page { get; init; }

    /// <summary>How many periods ended in an outcome.</summary>
    public int Count(BacktestOutcome outcome) => Periods.Count(period => period.Outcome == outcome);
}

/// <summary>A Challenger that was blessed in a backtest.</summary>
/// <param name="Snapshot">The period that it was trained in.</param>
/// <param name="Model">Its model.onnx.</param>
public sealed record BacktestChampion(string Snapshot, ArtifactRef Model);

/// <summary>What became of one period.</summary>
public sealed record BacktestPeriod
{
    /// <summary>Identifier of its DataSnapshot.</summary>
    public required string Snapshot { get; init; }

    /// <summary>The DataSnapshot's cutoff.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>How it ended.</summary>
    public required BacktestOutcome Outcome { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Rows trained on; null where nothing was.</summary>
    public long? TrainingRows { get; init; }

    /// <summary>Rows judged on; null where nothing was.</summary>
    public long? HoldoutRows { get; init; }

    /// <summary>The period whose model was the Champion; null where there was none.</summary>
    public string? Champion { get; init; }

    /// <summary>The Challenger's loss on the primary slice; null where nothing was measured.</summary>
    public double? Loss { get; init; }

    /// <summary>The Champion's loss on the same rows.</summary>
    public double? ChampionLoss { get; init; }

    /// <summary>The ReferenceModel's loss on the same rows.</summary>
    public double? ReferenceLoss { get; init; }

    /// <summary>SHA-256 of the Challenger's model.onnx; null where none was made.</summary>
    public string? ModelDigest { get; init; }
}

/// <summary>How a period of a backtest ends.</summary>
public enum BacktestOutcome
{
    /// <summary>The gate would have let release engineers decide; the model is the next period's Champion.</summary>
    Blessed,

    /// <summary>A rule of the gate is broken.</summary>
    Refused,

    /// <summary>The evidence does not tell.</summary>
    Inconclusive,

    /// <summary>The data contract is broken.</summary>
    StoppedByValidation,

    /// <summary>A model that was trained on shuffled labels is no better than a constant, as it must be.</summary>
    NothingLearnt,

    /// <summary>A model that was trained on shuffled labels is better than a constant: it has seen those of the Holdout.</summary>
    LabelsLeak,

    /// <summary>The rows allow no training or no measurement, such as a class that is not among them.</summary>
    Untrainable,
}
