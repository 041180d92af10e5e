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

/// <summary>Input of a window's measurement.</summary>
public sealed record WatchInput(RunDefinition Definition, ChannelEntry Live, WatchWindow Window);

/// <summary>Input of a window's decision.</summary>
public sealed record DecisionRequest(RunDefinition Definition, ChannelEntry Live, DriftReport Report, DateTimeOffset Now);

/// <summary>Input of a window's page.</summary>
public sealed record DriftPageInput(DriftReport Report, DriftDecision Decision);
