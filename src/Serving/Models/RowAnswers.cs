using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Explanations;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Serving.Models;

/// <summary>Answers rows with a loaded model, each by itself: a row that the model refuses never stops the others.</summary>
/// <param name="scorer">The model.</param>
/// <param name="explainer">The same model, to explain its answers; null gives no explanations.</param>
internal sealed class RowAnswers(OnnxScorer scorer, ModelExplainer? explainer = null)
{
    /// <summary>The answers, as columns.</summary>
    public ModelAnswers Answer(InputRows rows)
    {
        ImmutableArray<string?> refusals = scorer.RowRules.Faults(rows);
        int[] sound = [.. Enumerable.Range(0, rows.Count).Where(row => refusals[row] is null)];
        InputRows inputs = scorer.RowRules.Normalize(sound.Length == rows.Count ? rows : rows.Take(sound));
        (Answers answers, Answers? bounds) = scorer.ScoreWithin(inputs);
        return new ModelAnswers(inputs, answers, refusals) { Bounds = bounds };
    }

    /// <summary>The answers to rows as they were given, as columns; one that could not be read is refused with that reason.</summary>
    public ModelAnswers Answer(GivenRows rows)
    {
        ModelAnswers read = Answer(rows.Sound);
        int next = 0;
        return read with { Refusals = [.. rows.Rows.Select(row => row.Fault ?? read.Refusals[next++])] };
    }

    /// <summary>The answers, in the rows' order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="told">Told how many rows are explained.</param>
    public ImmutableArray<RowAnswer> Of(InputRows rows, Action<int>? told = null)
    {
        ModelAnswers answers = Answer(rows);
        ImmutableArray<RowExplanation> explanations = explainer?.Explain(answers.Inputs, told) ?? [];
        int answered = 0;
        return [.. answers.Refusals.Select(refusal => refusal is null ? Answered(answers, explanations, answered++) : new RowAnswer(Prediction: null, refusal))];
    }

    /// <summary>The answers to rows as they were given; one that could not be read is refused with that reason.</summary>
    public ImmutableArray<AnsweredRow> Of(GivenRows rows, Action<int>? told = null)
    {
        ModelAnswers answers = Answer(rows);
        ImmutableArray<RowExplanation> explanations = explainer?.Explain(answers.Inputs, told) ?? [];
        ImmutableArray<string?> texts = scorer.Schema.OnlyText is null ? [] : ((InputValues.Texts)answers.Inputs.Columns[0]).Values;
        int answered = 0;
        return [.. rows.Rows.Select((row, i) => answers.Refusals[i] is { } refusal
            ? Join(row, scored: null, new RowAnswer(Prediction: null, refusal))
            : Join(row, texts.IsEmpty ? null : texts[answered], Answered(answers, explanations, answered++)))];
    }

    private RowAnswer Answered(ModelAnswers answers, ImmutableArray<RowExplanation> explanations, int row)
    {
        Prediction prediction = Prediction.Of(scorer.Target, answers.Answers.Of(row));
        return new RowAnswer(answers.Bounds is { } bounds ? prediction.Within(new PredictionInterval(bounds.Of(row)[0], bounds.Of(row)[1], scorer.Intervals!.Coverage)) : prediction, Refusal: null)
        {
            Explanation = explanations.ElementAtOrDefault(row),
        };
    }

    private AnsweredRow Join(GivenRow row, string? scored, RowAnswer answer) => new(scorer.Schema, row.Values)
    {
        Line = row.Line,
        Scored = scored,
        Prediction = answer.Prediction,
        Explanation = answer.Explanation,
        Refusal = answer.Refusal,
    };
}
