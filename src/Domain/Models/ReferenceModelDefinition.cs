using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.References;
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

    /// <summary>Which quantile <see cref="ReferenceStatistic.Quantile"/> takes, between 0 and 1; null for the others.</summary>
    public double? Level { get; init; }

    /// <summary>
    /// Input columns to group training rows by, each by its values or in bins, tried in order: the first group that was seen in training
    /// answers. The group of all rows stands at the end, whether written, as <c>[]</c>, or not. None is that group alone.
    /// </summary>
    public ImmutableArray<ImmutableArray<GroupColumn>> Groups { get; init; } = [];

    /// <summary>How the ReferenceModel is published while there are no labels; null where nothing was planned for that time.</summary>
    public ColdStartDefinition? ColdStart { get; init; }

    /// <summary>The groups of some columns, before that of all rows.</summary>
    [JsonIgnore]
    public ImmutableArray<ImmutableArray<GroupColumn>> OfColumns => [.. Groups.TakeWhile(group => !group.IsEmpty)];

    /// <summary>The same statistic of all rows: one answer for every row, whatever is known of it.</summary>
    public ReferenceModelDefinition Constant() => this with { LookupColumn = null, Groups = [] };

    /// <summary>Why it is no reference for a target and a loss, in a sentence; null where it is one.</summary>
    public string? ProblemWith(Target target, Loss loss) => (Statistic, target.ClassNames.IsEmpty, loss.IsDeviance) switch
    {
        (ReferenceStatistic.Quantile, true, _) when Level is null => "'reference.statistic' is quantile, but which is not told; add 'level', such as 0.9",
        (not ReferenceStatistic.Quantile, _, _) when Level is not null => "'reference.level' says which quantile is taken, but 'reference.statistic' is not quantile; write 'statistic: quantile', or remove it",
        (null, _, _) => null,
        (_, false, _) => "'reference.statistic' is of labels that are numbers, but the target has classes, of which a group's shares are taken; remove it",
        (ReferenceStatistic.Median, _, true) => $"'reference.statistic' is median, but {loss.Title} measures means, and the median of many zeros is zero; write mean",
        (ReferenceStatistic.Quantile, _, true) => $"'reference.statistic' is quantile, but {loss.Title} measures means; write mean",
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

    /// <summary>The quantile at <see cref="ReferenceModelDefinition.Level"/>.</summary>
    Quantile,
}
