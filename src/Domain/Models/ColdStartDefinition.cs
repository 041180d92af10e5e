using System.Collections.Immutable;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Models;

/// <summary>
/// The ReferenceModel as a model of its own, for the time before there are labels: what is known by heart is looked up, then the
/// first rule that fits answers, and everything else gets <see cref="Otherwise"/>. It sees the raw text alone, as a trained
/// model does, compiles to the same kind of graph, and is published through the same ReleaseChannel until a Challenger beats it.
/// </summary>
public sealed record ColdStartDefinition
{
    /// <summary>
    /// Name of a DuckDB SQL script in the model's folder whose last statement selects what is known: <c>input</c>, the text, and
    /// <c>label</c>, 0 or 1, answered with <see cref="ReferenceModelDefinition.Confidence"/>. It reads what a snapshot's script
    /// reads: <c>getvariable('source')</c>, <see cref="Files"/> and <see cref="Parameters"/>. Null looks nothing up.
    /// </summary>
    public string? Lookup { get; init; }

    /// <summary>Data files of the lookup by name, relative to the model's folder; none for a model whose data are packages.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Parameters of the lookup's script, such as a package's version.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Day by which everything in the lookup and the rules was known; the release says so.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>Rules over the text, asked in their order; the first that fits answers.</summary>
    public ImmutableArray<TextRule> Rules { get; init; } = [];

    /// <summary>Probability of what nothing is known about; one half unless told.</summary>
    public double Otherwise { get; init; } = 0.5;
}

/// <summary>
/// One rule over a text, in lower case: exactly one of <see cref="Is"/>, <see cref="StartsWith"/>, <see cref="EndsWith"/> and
/// <see cref="Contains"/> is set, a plain text and no pattern.
/// </summary>
public sealed record TextRule
{
    /// <summary>The whole text.</summary>
    public string? Is { get; init; }

    /// <summary>How the text begins.</summary>
    public string? StartsWith { get; init; }

    /// <summary>How the text ends.</summary>
    public string? EndsWith { get; init; }

    /// <summary>What the text holds somewhere.</summary>
    public string? Contains { get; init; }

    /// <summary>Probability of label 1 where the rule fits; neither 0 nor 1, a rule that is wrong once must not cost infinitely.</summary>
    public required double Probability { get; init; }
}
