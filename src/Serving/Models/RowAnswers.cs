using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Serving.Models;

/// <summary>Answers rows with a loaded model, each by itself: a row that the model refuses never stops the others.</summary>
/// <param name="scorer">The model.</param>
internal sealed class RowAnswers(OnnxScorer scorer)
{
    /// <summary>The answers, as columns.</summary>
    public ModelAnswers Answer(InputRows rows)
    {
        ImmutableArray<string?> refusals = scorer.RowRules.Faults(rows);
        int[] sound = [.. Enumerable.Range(0, rows.Count).Where(row => refusals[row] is null)];
        InputRows inputs = scorer.RowRules.Normalize(sound.Length == rows.Count ? rows : rows.Take(sound));
        return new ModelAnswers(inputs, scorer.Score(inputs), refusals);
    }

    /// <summary>The answers to rows as they were given, as columns; one that could not be read is refused with that reason.</summary>
    public ModelAnswers Answer(GivenRows rows)
    {
        ModelAnswers read = Answer(rows.Sound);
        int next = 0;
        return read with { Refusals = [.. rows.Rows.Select(row => row.Fault ?? read.Refusals[next++])] };
    }

    /// <summary>The answers, in the rows' order.</summary>
    public ImmutableArray<RowAnswer> Of(InputRows rows)
    {
        ModelAnswers answers = Answer(rows);
        int answered = 0;
        return [.. answers.Refusals.Select(refusal => new RowAnswer(refusal is null ? PredictionOf(answers, answered++) : null, refusal))];
    }

    /// <summary>The answers to rows as they were given; one that could not be read is refused with that reason.</summary>
    public ImmutableArray<AnsweredRow> Of(GivenRows rows)
    {
        ModelAnswers answers = Answer(rows);
        ImmutableArray<string?> texts = scorer.Schema.OnlyText is null ? [] : ((InputValues.Texts)answers.Inputs.Columns[0]).Values;
        int answered = 0;
        return [.. rows.Rows.Select((row, i) => Join(row, answers.Refusals[i] is { } refusal ? (null, null, refusal) : (texts.IsEmpty ? null : texts[answered], PredictionOf(answers, answered++), null)))];
    }

    private Prediction PredictionOf(ModelAnswers answers, int answered) => Prediction.Of(scorer.Target, answers.Answers.Of(answered));

    private AnsweredRow Join(GivenRow row, (string? Scored, Prediction? Prediction, string? Refusal) answer) => new(scorer.Schema, row.Values)
    {
        Line = row.Line,
        Scored = answer.Scored,
        Prediction = answer.Prediction,
        Refusal = answer.Refusal,
    };
}
