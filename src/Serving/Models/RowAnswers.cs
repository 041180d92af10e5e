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
    private readonly InputRules? texts = scorer.Schema.OnlyText is { } text ? InputRules.For(text) : null;

    /// <summary>The answers, in the rows' order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="told">Told how many rows are explained.</param>
    public ImmutableArray<RowAnswer> Of(InputRows rows, Action<int>? told = null)
    {
        ImmutableArray<string?> refusals = scorer.RowRules.Faults(rows);
        int[] sound = [.. Enumerable.Range(0, rows.Count).Where(row => refusals[row] is null)];
        InputRows taken = sound.Length == rows.Count ? rows : rows.Take(sound);
        (Answers answers, Answers? bounds) = scorer.ScoreWithin(taken);
        ImmutableArray<RowExplanation> explanations = explainer?.Explain(taken, told) ?? [];
        int answered = 0;
        return [.. refusals.Select(refusal => refusal is null
            ? new RowAnswer(PredictionOf(answers, bounds, answered), Refusal: null) { Explanation = explanations.ElementAtOrDefault(answered++) }
            : new RowAnswer(Prediction: null, refusal))];
    }

    /// <summary>The answers to rows as they were given; one that could not be read is refused with that reason.</summary>
    public ImmutableArray<AnsweredRow> Of(GivenRows rows, Action<int>? told = null)
    {
        ImmutableArray<RowAnswer> answers = Of(rows.Sound, told);
        int answered = 0;
        return [.. rows.Rows.Select(row => Join(row, row.Fault is null ? answers[answered++] : new RowAnswer(Prediction: null, row.Fault)))];
    }

    private Prediction PredictionOf(Answers answers, Answers? bounds, int row)
    {
        Prediction prediction = Prediction.Of(scorer.Target, answers.Of(row));
        return bounds is null ? prediction : prediction.Within(new PredictionInterval(bounds.Of(row)[0], bounds.Of(row)[1], scorer.Intervals!.Coverage));
    }

    private AnsweredRow Join(GivenRow row, RowAnswer answer) => new(scorer.Schema, row.Values)
    {
        Line = row.Line,
        Scored = answer.Refusal is null && row.Values[0] is { } text && texts?.Check(text) is InputCheck.Accepted accepted ? accepted.Text : null,
        Prediction = answer.Prediction,
        Explanation = answer.Explanation,
        Refusal = answer.Refusal,
    };
}
