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

    /// <summary>The answers to rows as they were given, one by one.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="told">Told how many rows are explained.</param>
    public ImmutableArray<AnsweredRow> Of(GivenRows rows, Action<int>? told = null)
    {
        ModelAnswers answers = Answer(rows);
        ImmutableArray<RowExplanation> explanations = explainer?.Explain(answers.Inputs, told) ?? [];
        ImmutableArray<string?> texts = scorer.Schema.OnlyText is null ? [] : ((InputValues.Texts)answers.Inputs.Columns[0]).Values;
        int answered = 0;
        return [.. rows.Rows.Select((row, i) => answers.Refusals[i] is { } refusal
            ? new AnsweredRow(scorer.Schema, row.Values) { Line = row.Line, Refusal = refusal }
            : Answered(row, answers, texts, explanations, answered++))];
    }

    private AnsweredRow Answered(GivenRow row, ModelAnswers answers, ImmutableArray<string?> texts, ImmutableArray<RowExplanation> explanations, int answered)
    {
        Prediction prediction = Prediction.Of(scorer.Target, answers.Answers.Of(answered));
        return new AnsweredRow(scorer.Schema, row.Values)
        {
            Line = row.Line,
            Scored = texts.IsEmpty ? null : texts[answered],
            Prediction = answers.Bounds is { } bounds
                ? prediction.Within(new PredictionInterval(bounds.Of(answered)[0], bounds.Of(answered)[1], scorer.Intervals!.Coverage))
                : prediction,
            Explanation = explanations.ElementAtOrDefault(answered),
        };
    }
}
