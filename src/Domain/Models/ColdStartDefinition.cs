using System.Collections.Immutable;
using Lifecycle.Domain.References;

namespace Lifecycle.Domain.Models;

/// <summary>
/// The ReferenceModel as a model of its own, for the time before there are labels: what is known by heart is looked up, then the
/// first rule that fits answers, then the groups of the reference where <see cref="Snapshot"/> gives them rows, and everything else gets
/// <see cref="Otherwise"/>. It sees the raw columns alone, as a trained model does, compiles to the same kind of graph, and is published
/// through the same ReleaseChannel until a Challenger beats it.
/// </summary>
public sealed record ColdStartDefinition
{
    /// <summary>
    /// Name of a DuckDB SQL script in the model's folder whose last statement selects what is known: some of the model's inputs, and
    /// <c>label</c>. A known class is answered with <see cref="ReferenceModelDefinition.Confidence"/>, a known number as it is. The one text
    /// of a model that reads nothing else may be called <c>input</c>. It reads what a snapshot's script reads:
    /// <c>getvariable('source')</c>, <see cref="Files"/> and <see cref="Parameters"/>. Null looks nothing up.
    /// </summary>
    public string? Lookup { get; init; }

    /// <summary>Data files of the lookup by name, relative to the model's folder; none for a model whose data are packages.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Parameters of the lookup's script, such as a package's version.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Day by which everything in the lookup and the rules was known; the release says so.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>Rules over the columns, asked in their order; the first that fits answers.</summary>
    public ImmutableArray<ReferenceRule> Rules { get; init; } = [];

    /// <summary>
    /// Id of the DataSnapshot on whose TrainingSet the reference's groups are fitted; its Holdout stays unseen. Null is a start without data, in
    /// which groups say nothing.
    /// </summary>
    public string? Snapshot { get; init; }

    /// <summary>
    /// The answer to what nothing is known about: a number, or the share of each class. With a <see cref="Snapshot"/> that is the group of all
    /// its rows; else, unless told, classes are alike, and a number must be told.
    /// </summary>
    public StatedAnswer? Otherwise { get; init; }
}
