using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Scoring;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Storage;

namespace Lifecycle.Activities.Scoring;

/// <summary>What a batch was asked for and will do.</summary>
/// <param name="Request">The request, without what changes no answer.</param>
/// <param name="Plan">The plan that was made of it.</param>
internal sealed record PlannedBatch(ScoringRequest Request, ScoringPlan Plan);

/// <summary>
/// The plans of batches, <c>scores/&lt;model&gt;/&lt;key&gt;/plan.json</c>, each made once: whoever asks for the same key again goes on with
/// the same partitions and the same model.
/// </summary>
internal sealed class PlannedBatches(IBlobStore store)
{
    private readonly Records<PlannedBatch> records = new(store, 1 << 20, CanonicalJson.Of);

    /// <summary>The plan of a batch; null when there is none yet.</summary>
    /// <exception cref="InvalidRequestException">The key belongs to a batch that was asked for otherwise.</exception>
    public async Task<ScoringPlan?> FindAsync(ScoringRequest request, CancellationToken cancellation)
    {
        if (await records.ReadAsync(Name(request), cancellation) is not { } planned)
        {
            return null;
        }

        return CanonicalJson.Of(planned.Request).AsSpan().SequenceEqual(CanonicalJson.Of(request.Essence()))
            ? planned.Plan
            : throw new InvalidRequestException($"key '{request.Key}' of {request.Model} belongs to a batch of other rows or options; choose another key, or ask for the same batch");
    }

    /// <summary>Keeps a plan, unless another was kept meanwhile; returns the one that is kept.</summary>
    public async Task<ScoringPlan> KeepAsync(ScoringRequest request, ScoringPlan plan, CancellationToken cancellation) =>
        await records.PutIfAbsentAsync(Name(request), new PlannedBatch(request.Essence(), plan), cancellation)
            ? plan
            : (await FindAsync(request, cancellation))!;

    private static string Name(ScoringRequest request) => $"scores/{request.Model}/{request.Key}/plan.json";
}
