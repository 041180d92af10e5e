using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Models;
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
    private readonly Target target;
    private readonly ImmutableArray<GroupAnswers> groups;

    private ReferenceModel(ReferenceModelDefinition definition, Target target, ImmutableArray<GroupAnswers> groups, string statistic)
    {
        this.definition = definition;
        this.target = target;
        this.groups = groups;
        Description = DescriptionOf(definition, target, groups, statistic);
    }

    /// <summary>What it does, in words; stands where other models have a digest.</summary>
    public string Description { get; }

    /// <summary>Whether fitting looks at training rows; a constant that does not need any is told without.</summary>
    /// <param name="definition">The definition's <c>reference</c> section.</param>
    /// <param name="target">What is predicted.</param>
    /// <param name="loss">The loss that decides.</param>
    public static bool NeedsRows(ReferenceModelDefinition definition, Target target, Loss loss) =>
        target.ClassNames.IsEmpty || !loss.IsBalanced || definition.Groups.Any(group => !group.IsEmpty);

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
            float[] alike = [.. Enumerable.Repeat(1f / target.ClassNames.Length, target.Width)];
            return new ReferenceModel(definition, target, [GroupAnswers.Constant(alike)], "");
        }

        if (training is not { Count: > 0 })
        {
            throw new ArgumentException($"the reference model of {loss.Text} is fitted on training rows, but there are none");
        }

        GroupStatistic statistic = GroupStatistic.For(definition, target, loss, training);
        return new ReferenceModel(definition, target, [.. definition.FallBack.Select(group => GroupAnswers.Fit(group, training, statistic))], statistic.Name);
    }

    /// <summary>Answers for rows.</summary>
    /// <param name="rows">Their inputs hold the columns of the groups; their lookups are ignored when the definition looks nothing up.</param>
    public ScoredModel Score(RowSet rows)
    {
        int width = target.Width;
        float[] answers = new float[rows.Count * width];
        int[][] codes = [.. groups.Select(group => group.CodesOf(rows.Inputs, rows.Count))];
        for (int row = 0; row < rows.Count; row++)
        {
            double known = definition.LookupColumn is null || rows.Lookups.IsEmpty ? double.NaN : rows.Lookups[row];
            Span<float> answer = answers.AsSpan(row * width, width);
            if (double.IsNaN(known))
            {
                int level = 0;
                while (!groups[level].TryAnswer(codes[level][row], answer))
                {
                    level++;
                }
            }
            else
            {
                AnswerKnown(known, answer);
            }
        }

        return new ScoredModel(Description, new Answers(width, [.. answers]));
    }

    private void AnswerKnown(double known, Span<float> answer)
    {
        float confidence = (float)definition.Confidence;
        switch (target.Answer)
        {
            case AnswerForm.Value:
                answer[0] = (float)known;
                break;
            case AnswerForm.Probability:
                answer[0] = known == 1 ? confidence : 1 - confidence;
                break;
            default:
                answer.Fill((1 - confidence) / (answer.Length - 1));
                answer[(int)known] = confidence;
                break;
        }
    }

    private static string DescriptionOf(ReferenceModelDefinition definition, Target target, ImmutableArray<GroupAnswers> groups, string statistic)
    {
        string rest = statistic.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{(definition.LookupColumn is null ? "constant " : "")}{1.0 / target.ClassNames.Length:0.###}")
            : groups.Length == 1 ? $"{statistic} of the training rows" : $"{statistic} of the training rows by {string.Join(", else ", groups.Select(group => group.Name))}";
        string sureness = target.Answer == AnswerForm.Value ? "" : string.Create(CultureInfo.InvariantCulture, $" with confidence {definition.Confidence}");
        return definition.LookupColumn is null ? rest : $"lookup of {definition.LookupColumn}{sureness}, else {rest}";
    }
}
