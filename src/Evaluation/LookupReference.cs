using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Models;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation;

/// <summary>
/// The ReferenceModel of a binary task: what was already known is looked up and answered with a fixed confidence, and every
/// other row gets one half, the constant with the least balanced log loss (ln 2) whatever the class shares.
/// </summary>
/// <param name="definition">The definition's <c>reference</c> section.</param>
public sealed class LookupReference(ReferenceModelDefinition definition)
{
    private const float Unknown = 0.5f;

    /// <summary>What it does, in words; stands where other models have a digest.</summary>
    public string Description => definition.LookupColumn is null
        ? "constant 0.5"
        : string.Create(CultureInfo.InvariantCulture, $"lookup of {definition.LookupColumn} with confidence {definition.Confidence}, else 0.5");

    /// <summary>Scores rows.</summary>
    /// <param name="lookup">The label known before, by row; null where nothing was known. Ignored when no lookup is defined.</param>
    public ScoredModel Score(ReadOnlySpan<bool?> lookup)
    {
        float known = (float)definition.Confidence;
        ImmutableArray<float>.Builder probabilities = ImmutableArray.CreateBuilder<float>(lookup.Length);
        foreach (bool? label in lookup)
        {
            bool? found = definition.LookupColumn is null ? null : label;
            probabilities.Add(found switch { true => known, false => 1 - known, null => Unknown });
        }

        return new ScoredModel(Description, probabilities.MoveToImmutable());
    }
}
