using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Models;

/// <summary>
/// The trivial model that the Challenger must beat: a lookup of what was already known, and for the rest what the training rows of the
/// same group say.
/// </summary>
public sealed record ReferenceModelDefinition
{
    /// <summary>Snapshot column with the label known before, or null; null in the definition means no lookup at all.</summary>
    public string? LookupColumn { get; init; }

    /// <summary>Probability given to a row that the lookup knows as 1 (and one minus it for a known 0); numbers are answered as they are known.</summary>
    public double Confidence { get; init; } = 0.99;

    /// <summary>What is taken of the labels of a group, where they are numbers; null takes what the deciding loss elicits.</summary>
    public ReferenceStatistic? Statistic { get; init; }

    /// <summary>
    /// Input columns to group training rows by, tried in order: the first group that was seen in training answers. The group of all rows
    /// stands at the end, whether written, as <c>[]</c>, or not. None is that group alone.
    /// </summary>
    public ImmutableArray<ImmutableArray<string>> Groups { get; init; } = [];

    /// <summary>How the ReferenceModel is published while there are no labels; null where nothing was planned for that time.</summary>
    public ColdStartDefinition? ColdStart { get; init; }

    /// <summary>The groups with that of all rows at the end.</summary>
    [JsonIgnore]
    public ImmutableArray<ImmutableArray<string>> FallBack => [.. Groups.TakeWhile(group => !group.IsEmpty), []];

    /// <summary>The same statistic of all rows: one answer for every row, whatever is known of it.</summary>
    public ReferenceModelDefinition Constant() => this with { LookupColumn = null, Groups = [] };

    /// <summary>Why it is no reference for a target and a loss, in a sentence; null where it is one.</summary>
    public string? ProblemWith(Target target, Loss loss) => (Statistic, target.ClassNames.IsEmpty, loss.IsDeviance) switch
    {
        (null, _, _) => null,
        (_, false, _) => $"'reference.statistic' is of labels that are numbers, but the target has classes; remove it",
        (ReferenceStatistic.Median, _, true) => $"'reference.statistic' is median, but {loss.Title} measures means, and the median of many zeros is zero; write mean",
        _ => null,
    };
}

/// <summary>What is taken of the labels of a group.</summary>
public enum ReferenceStatistic
{
    /// <summary>Half of the rows lie below.</summary>
    Median,

    /// <summary>The mean.</summary>
    Mean,
}
