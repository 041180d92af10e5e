using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Releases;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>Stage 11, Watch: a live model's traffic against its DriftBaseline, window by window.</summary>
public interface IWatchActivity
{
    /// <summary>Finds the live version, verified, and the windows of its log that are closed and not yet decided about.</summary>
    [Activity]
    Task<WatchPlan> PlanWatchAsync(WatchPlanInput input);

    /// <summary>Measures a window. The same log, model, window and earlier decisions give the same report.</summary>
    [Activity]
    Task<DriftReport> MeasureWindowAsync(WatchInput input);

    /// <summary>
    /// Decides about a window and writes the decision down, once: asked again for the same window, baseline and policy, it
    /// answers with the decision that is there.
    /// </summary>
    [Activity]
    Task<DriftDecision> DecideWindowAsync(DecisionRequest request);

    /// <summary>Draws the report with its decision as a self-contained HTML page; returns the page's blob.</summary>
    [Activity]
    Task<string> DrawDriftPageAsync(DriftPageInput input);
}

/// <summary>Input of the plan.</summary>
/// <param name="Definition">The model definition, read once for the whole watch.</param>
/// <param name="Now">Windows that are closed by now are due.</param>
/// <param name="MaximumWindows">Windows to plan at most; the oldest come first.</param>
public sealed record WatchPlanInput(RunDefinition Definition, DateTimeOffset Now, int MaximumWindows);

/// <summary>What there is to watch.</summary>
public sealed record WatchPlan
{
    /// <summary>The live version; null when nothing was ever promoted, and nothing is to be watched.</summary>
    public ChannelEntry? Live { get; init; }

    /// <summary>Why nothing of the live version can be watched, in a sentence; null, and left out of JSON, where it can.</summary>
    public string? Unwatched { get; init; }

    /// <summary>Windows to judge, oldest first. A window of which neither a row nor a label was known in time is not among them.</summary>
    public ImmutableArray<DueWindow> Windows { get; init; } = [];

    /// <summary>Windows that hold no rows because all of theirs came late, oldest first, as many as <see cref="WatchPlanInput.MaximumWindows"/> at most.</summary>
    public ImmutableArray<PassedWindow> PassedOver { get; init; } = [];

    /// <summary>Windows passed over so, the ones that are not named among them.</summary>
    public int PassedOverCount { get; init; }

    /// <summary>Further windows that are due.</summary>
    public int RemainingCount { get; init; }
}

/// <summary>A window to judge.</summary>
/// <param name="Window">The window.</param>
/// <param name="Snapshot">
/// The DataSnapshot that a run asked for by this window takes: the newest whose cutoff is not after the window's end; null
/// leaves it to the run.
/// </param>
public sealed record DueWindow(WatchWindow Window, string? Snapshot);

/// <summary>A window that no decision is made about: it holds no rows, since all of them became known after it had closed.</summary>
/// <param name="Window">Identifier of the window.</param>
/// <param name="LateCount">Rows that came late.</param>
public sealed record PassedWindow(string Window, long LateCount);

/// <summary>Input of a window's measurement.</summary>
public sealed record WatchInput(RunDefinition Definition, ChannelEntry Live, WatchWindow Window);

/// <summary>Input of a window's decision.</summary>
public sealed record DecisionRequest(RunDefinition Definition, ChannelEntry Live, DriftReport Report, DateTimeOffset Now);

/// <summary>Input of a window's page.</summary>
public sealed record DriftPageInput(DriftReport Report, DriftDecision Decision);
