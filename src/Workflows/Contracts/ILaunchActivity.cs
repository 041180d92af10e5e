using Lifecycle.Domain.Runs;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>How every trigger starts a RetrainingRun.</summary>
public interface ILaunchActivity
{
    /// <summary>Starts the model's RetrainingRun, or adds the trigger to the one in flight.</summary>
    [Activity]
    Task<LaunchResult> LaunchRetrainingAsync(RetrainingRequest request);
}

/// <summary>The RetrainingRun that a trigger reached.</summary>
public sealed record LaunchResult(string WorkflowId, string RunId);
