using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Names;
using Lifecycle.Storage;

namespace Lifecycle.Activities.Stages;

/// <summary>What one Holdout was asked about a model, oldest first.</summary>
public sealed record HoldoutUses(ImmutableArray<HoldoutUse> Uses);

/// <summary>One question to a Holdout.</summary>
/// <param name="Challenger">SHA-256 of the file that it was asked about.</param>
/// <param name="Run">The run that asked first.</param>
public sealed record HoldoutUse(string Challenger, string Run);

/// <summary>
/// Counts how often a Holdout was asked about a model, <c>holdouts/&lt;model&gt;/&lt;digest of its rows&gt;.json</c>
/// (docs/formats/evaluation.md). The same file asked again, by a retry or by another run, tells nothing that was not told, and counts once.
/// </summary>
/// <param name="store">Where the records lie.</param>
internal sealed class HoldoutRegister(IBlobStore store)
{
    private readonly Records<HoldoutUses> records = new(store, 1 << 22);

    /// <summary>Records a use, and says the how manieth it is; always the same of the same file.</summary>
    /// <exception cref="InvalidRequestException">The model is no name.</exception>
    public async Task<int> CountAsync(string model, ArtifactRef rows, HoldoutUse use, CancellationToken cancellation)
    {
        HoldoutUses known = await records.ChangeAsync(NameOf(model, rows), found => found switch
        {
            null => new([use]),
            _ when PositionOf(found, use) >= 0 => found,
            _ => new(found.Uses.Add(use)),
        }, cancellation);
        return PositionOf(known, use) + 1;
    }

    private static int PositionOf(HoldoutUses known, HoldoutUse use) => known.Uses.Select(other => other.Challenger).ToList().IndexOf(use.Challenger);

    private static string NameOf(string model, ArtifactRef rows) => PlainName.IsValid(model)
        ? $"holdouts/{model}/{rows.Sha256}.json"
        : throw new InvalidRequestException($"{PlainName.Describe(model)} is no name of a model; expected {PlainName.Noun}");
}
