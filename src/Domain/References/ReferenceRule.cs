using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.References;

/// <summary>A rule of a ReferenceModel: where its condition, and every further one, fits a row, it answers.</summary>
public sealed record ReferenceRule : ColumnCondition
{
    /// <summary>Further conditions, all of which must fit too.</summary>
    public ImmutableArray<ColumnCondition> And { get; init; } = [];

    /// <summary>Probability of the positive class where the rule fits; neither 0 nor 1, a rule that is wrong once must not cost infinitely.</summary>
    public double? Probability { get; init; }

    /// <summary>The share of each class where the rule fits, of a target with several; none of them 0, together 1.</summary>
    public ImmutableSortedDictionary<string, double> Shares { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>The number where the rule fits, of a target that is one.</summary>
    public double? Value { get; init; }

    /// <summary>All its conditions.</summary>
    [JsonIgnore]
    public IEnumerable<ColumnCondition> Conditions => [this, .. And];

    /// <summary>Its answer.</summary>
    [JsonIgnore]
    public StatedAnswer Answer => new() { Number = Probability ?? Value, Shares = Shares };

    /// <summary>Its conditions in words.</summary>
    /// <param name="schema">The model's inputs.</param>
    public string Told(InputSchema schema) => string.Join(" and ", Conditions.Select(condition => condition.Sentence(schema)));

    /// <summary>Why a model cannot ask it, as a sentence's end; null where it can.</summary>
    public string? ProblemIn(InputSchema schema, Target target) =>
        Conditions.Select(condition => condition.ProblemIn(schema)).FirstOrDefault(problem => problem is not null) ?? AnswerProblem(target);

    private string? AnswerProblem(Target target)
    {
        string wanted = StatedAnswer.KeyFor(target);
        string[] given = [.. new[] { (Probability is null ? null : "probability"), (Shares.IsEmpty ? null : "shares"), (Value is null ? null : "value") }.OfType<string>()];
        return given is [var one] && one == wanted
            ? Answer.ProblemWith(target) is { } problem ? $"answers '{wanted}' {problem}" : null
            : $"answers {(given.Length == 0 ? "nothing" : string.Join(" and ", given.Select(key => $"'{key}'")))}, and a model of it answers {target.Sentence}; give '{wanted}' alone";
    }
}
