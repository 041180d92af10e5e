using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.References;

/// <summary>
/// The ReferenceModel, fitted: what was already known is looked up; every other row gets what the first of its groups that was seen in
/// training says. For classes that is the group's class shares (all alike under a loss that is balanced over classes, which is the
/// constant that loses least then), for numbers the group's median, mean or quantile.
/// </summary>
public sealed class ReferenceModel
{
    private readonly ReferenceModelDefinition definition;

    private ReferenceModel(ReferenceModelDefinition definition, FittedReference fitted)
    {
        this.definition = definition;
        Fitted = fitted;
        Description = DescriptionOf();
    }

    /// <summary>What the training rows say, without what was already known of a row.</summary>
    public FittedReference Fitted { get; }

    /// <summary>What it does, in words; stands where other models have a digest.</summary>
    public string Description { get; }

    private Target Target => Fitted.Target;

    /// <summary>Whether fitting looks at training rows; a constant that does not need any is told without.</summary>
    /// <param name="definition">The definition's <c>reference</c> section.</param>
    /// <param name="target">What is predicted.</param>
    /// <param name="loss">The loss that decides.</param>
    public static bool NeedsRows(ReferenceModelDefinition definition, Target target, Loss loss) =>
        target.ClassNames.IsEmpty || !loss.IsBalanced || !definition.OfColumns.IsEmpty;

    /// <summary>Fits the reference.</summary>
    /// <param name="definition">The definition's <c>reference</c> section.</param>
    /// <param name="target">What is predicted.</param>
    /// <param name="loss">The loss that decides.</param>
    /// <param name="training">Rows of the TrainingSet, whose inputs hold the columns of the groups; null where <see cref="NeedsRows"/> is false.</param>
    /// <exception cref="ArgumentException">The statistic is no reference for the loss, a group's column is no input, or there are no rows.</exception>
    public static ReferenceModel Fit(ReferenceModelDefinition definition, Target target, Loss loss, RowSet? training)
    {
        if (definition.ProblemWith(target, loss) is { } problem)
        {
            throw new ArgumentException(problem);
        }

        if (!NeedsRows(definition, target, loss))
        {
            return new ReferenceModel(definition, new() { Target = target, Otherwise = [.. Enumerable.Repeat(1f / target.ClassNames.Length, target.Width)] });
        }

        if (training is not { Count: > 0 })
        {
            throw new ArgumentException($"the reference model of {loss.Text} is fitted on training rows, but there are none");
        }

        GroupStatistic statistic = GroupStatistic.For(definition, target, loss, training);
        return new ReferenceModel(definition, new()
        {
            Target = target,
            Groups = [.. definition.OfColumns.Select(group => GroupFit.Of(group, training, statistic))],
            Otherwise = GroupFit.OfAll(training, statistic),
            Statistic = statistic.Name,
        });
    }

    /// <summary>Answers for rows.</summary>
    /// <param name="rows">Their inputs hold the columns of the groups; their lookups are ignored when the definition looks nothing up.</param>
    public ScoredModel Score(RowSet rows)
    {
        Answers answers = Fitted.Score(rows.Inputs, rows.Count);
        return new ScoredModel(Description, definition.LookupColumn is null || rows.Lookups.IsEmpty ? answers : WithKnown(answers, rows.Lookups));
    }

    private Answers WithKnown(Answers answers, ImmutableArray<double> lookups)
    {
        float[] known = [.. answers.Values];
        for (int row = 0; row < lookups.Length; row++)
        {
            if (!double.IsNaN(lookups[row]))
            {
                StatedAnswer.OfKnown(Target, lookups[row], definition.Confidence).AsSpan().CopyTo(known.AsSpan(row * answers.Width, answers.Width));
            }
        }

        return answers with { Values = [.. known] };
    }

    private string DescriptionOf()
    {
        string rest = Fitted.Statistic.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{(definition.LookupColumn is null ? "constant " : "")}{1.0 / Target.ClassNames.Length:0.###}")
            : Fitted.Description;
        string sureness = Target.Answer == AnswerForm.Value ? "" : string.Create(CultureInfo.InvariantCulture, $" with confidence {definition.Confidence}");
        return definition.LookupColumn is null ? rest : $"lookup of {definition.LookupColumn}{sureness}, else {rest}";
    }
}
