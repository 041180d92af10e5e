using System.Collections.Immutable;
using Lifecycle.Evaluation.Curves;

namespace Lifecycle.Evaluation;

/// <summary>Curves of the models, by slice; slices whose rows allow none, such as those with only one class, have none. Too large for a report that travels in payloads.</summary>
public sealed record EvaluationCurves
{
    /// <summary>The Challenger's.</summary>
    public required ImmutableSortedDictionary<string, SliceCurves> Challenger { get; init; }

    /// <summary>The Champion's; null when there is none.</summary>
    public ImmutableSortedDictionary<string, SliceCurves>? Champion { get; init; }

    /// <summary>The ReferenceModel's.</summary>
    public required ImmutableSortedDictionary<string, SliceCurves> Reference { get; init; }
}

/// <summary>What an evaluation found.</summary>
/// <param name="Report">The measurements; <see cref="Domain.Evaluation.EvaluationReport.Document"/> and <c>Page</c> are still to be stored and set.</param>
/// <param name="Curves">The curves behind them, for the document and the page.</param>
public sealed record EvaluationResult(Domain.Evaluation.EvaluationReport Report, EvaluationCurves Curves);
