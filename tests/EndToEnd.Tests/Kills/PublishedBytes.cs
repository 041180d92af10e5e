using System.Collections.Immutable;
using Lifecycle.Domain.Runs;
using Lifecycle.Storage;

namespace Lifecycle.EndToEnd.Tests.Kills;

/// <summary>What a run left behind: how many Publications, and the digests of everything that the data alone decides.</summary>
/// <param name="PublicationCount">Directories with a <c>model.sig</c>.</param>
/// <param name="Digests">Digests by name. Signatures, times and latencies differ between any two runs and are left out.</param>
internal sealed record PublishedBytes(int PublicationCount, ImmutableSortedDictionary<string, string> Digests)
{
    /// <summary>Reads the store after a run.</summary>
    public static async Task<PublishedBytes> ReadAsync(IBlobStore store, RetrainingState state)
    {
        int count = 0;
        await foreach (string name in store.ListAsync("publications/"))
        {
            count += name.EndsWith("/model.sig", StringComparison.Ordinal) ? 1 : 0;
        }

        return new PublishedBytes(count, new Dictionary<string, string>
        {
            ["snapshot"] = state.Snapshot!.Digest,
            ["training set"] = state.Features!.TrainingSet.Rows.Sha256,
            ["holdout"] = state.Features.Holdout.Rows.Sha256,
            ["featurizer"] = state.Features.Featurizer.Sha256,
            ["drift baseline"] = state.Challenger!.DriftBaseline.Distributions.Sha256,
            ["model.onnx"] = state.Publication!.ModelDigest,
            ["evaluation.json"] = state.Release!.Files.Single(file => file.Name == "evaluation.json").Content.Sha256,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }
}
