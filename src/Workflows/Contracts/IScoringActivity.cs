using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Scoring;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>What a batch scoring does.</summary>
public interface IScoringActivity
{
    /// <summary>Verifies the live model, and cuts the source into partitions, which are stored before any of them is scored.</summary>
    [Activity]
    Task<ScoringPlan> PlanScoringAsync(PlanInput input);

    /// <summary>Scores one partition with the pinned model; a partition that is done is not scored again.</summary>
    [Activity]
    Task<ScoredPartition> ScorePartitionAsync(PartitionInput input);

    /// <summary>Writes the list of all partitions, after the last one.</summary>
    [Activity]
    Task<ArtifactRef> CollectScoresAsync(CollectInput input);
}

/// <summary>Input of the plan.</summary>
/// <param name="Request">The batch.</param>
/// <param name="Time">Time of rows without one.</param>
public sealed record PlanInput(ScoringRequest Request, DateTimeOffset Time);

/// <summary>Input of one partition.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Key">Identity of the batch.</param>
/// <param name="Plan">What the batch does.</param>
/// <param name="Index">The partition, counted from 0.</param>
public sealed record PartitionInput(string Model, string Key, ScoringPlan Plan, int Index)
{
    /// <summary>When the answers become known to the prediction log: as the workflow saw it, so that a retry writes the same part. Null logs nothing.</summary>
    public DateTimeOffset? KnownTime { get; init; }
}

/// <summary>Input of the list.</summary>
public sealed record CollectInput(string Model, string Key, ScoringPlan Plan);
