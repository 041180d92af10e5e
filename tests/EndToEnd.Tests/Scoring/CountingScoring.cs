using System.Collections.Concurrent;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Scoring;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Scoring;

/// <summary>Batch scoring without a model: notes which partitions were asked for, and how many at once.</summary>
internal sealed class CountingScoring(int partitionCount) : IScoringActivity
{
    private static readonly ArtifactRef Nothing = ArtifactRef.ForContent(new string('0', 64), 0, MediaTypes.Json);
    private static readonly ChannelEntry Champion = new(
        "mail", "production", 7, ChannelMove.Promotion, new Publication("publications/mail/x", "x", "x", "d", []), "2024-01", DateTimeOffset.UnixEpoch, "retrain/mail");

    private int working;
    private int plans;

    /// <summary>Partitions asked for, and how often.</summary>
    public ConcurrentDictionary<int, int> Asked { get; } = [];

    /// <summary>Most partitions in work at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>How often a plan was made.</summary>
    public int PlanCount => plans;

    /// <summary>A partition that can never be scored.</summary>
    public int? Broken { get; init; }

    /// <inheritdoc/>
    [Activity]
    public Task<ScoringPlan> PlanScoringAsync(PlanInput input)
    {
        Interlocked.Increment(ref plans);
        return Task.FromResult(new ScoringPlan(Champion, Nothing, partitionCount, partitionCount * 10L));
    }

    /// <inheritdoc/>
    [Activity]
    public async Task<ScoredPartition> ScorePartitionAsync(PartitionInput input)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref working));
        await Task.Yield();
        Asked.AddOrUpdate(input.Index, 1, (_, times) => times + 1);
        Interlocked.Decrement(ref working);
        return input.Index == Broken
            ? throw new ApplicationFailureException("broken", errorType: FailureTypes.InvalidData, nonRetryable: true)
            : new ScoredPartition
            {
                Index = input.Index, RowsDigest = "r", ModelDigest = "d", Blob = "b", Sha256 = "s", RowCount = 10,
                Refusals = new RefusalSummary().With(new RefusedRow("f", input.Index, "too 'odd'")),
            };
    }

    /// <inheritdoc/>
    [Activity]
    public Task<ArtifactRef> CollectScoresAsync(CollectInput input) => Task.FromResult(Nothing);
}
