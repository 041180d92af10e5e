using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Data.Drift;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Training;
using Lifecycle.Evaluation.Drift;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Watching;

/// <summary>
/// Both sides of a comparison as the live model scores them: the Holdout, which it never saw, and the traffic. The TrainingSet's
/// own predictions would flatter the model, so they are not used; its distributions are, as the DriftBaseline stores them.
/// </summary>
/// <param name="Holdout">The Holdout.</param>
/// <param name="HoldoutScores">The model's answers to it, in its order.</param>
/// <param name="Traffic">The traffic, answered.</param>
/// <param name="TrainingInputs">Texts of the TrainingSet.</param>
internal sealed record WatchSides(WatchedHoldout Holdout, ImmutableArray<float> HoldoutScores, TrafficRows Traffic, HashSet<string> TrainingInputs)
{
    /// <summary>Requests of the window that the model answered.</summary>
    public ImmutableArray<AnsweredRequest> Answered { get; } =
        [.. Traffic.Window.Where(request => request.Answer is { Scored: not null, Probability: not null })];

    /// <summary>Requests whose labels have come and that the model answers.</summary>
    public ImmutableArray<AnsweredRequest> Labelled { get; } =
        [.. Traffic.Labelled.Where(request => request.Answer is { Scored: not null, Probability: not null })];

    /// <summary>Whether the label of every answered request is known, so that the classes can be compared.</summary>
    public bool IsLabelled => Answered.All(request => request.Logged.Label is not null);

    /// <summary>Share of answered requests whose text the TrainingSet holds.</summary>
    public double SeenShare => Answered.Count(request => TrainingInputs.Contains(request.Answer.Scored!)) / (double)Math.Max(1, Answered.Length);

    /// <summary>Writes both sides for a comparison.</summary>
    public void Write(string baselinePath, string windowPath, DataLimits limits, CancellationToken cancellation)
    {
        ScoredText.Write(
            Enumerable.Range(0, Holdout.Inputs.Length).Select(row => new ScoredText(Holdout.Inputs[row], Holdout.Labels[row], HoldoutScores[row])),
            baselinePath, limits, cancellation);
        ScoredText.Write(
            Answered.Select(request => new ScoredText(request.Answer.Scored!, request.IsPositive, request.Answer.Probability!.Value)),
            windowPath, limits, cancellation);
    }

    /// <summary>The Holdout for the losses.</summary>
    /// <param name="kind">What the texts are.</param>
    /// <param name="slices">Which of its rows belong to which protected slice.</param>
    public LossRows HoldoutRows(InputKind kind, ImmutableSortedDictionary<string, ImmutableArray<bool>> slices) => new()
    {
        Probabilities = HoldoutScores,
        Labels = [.. Holdout.Labels.Select(label => (bool?)label)],
        Weights = Holdout.Weights,
        Clusters = Holdout.Clusters,
        Strata = [.. Holdout.Inputs.Select(input => Stratum(input, kind))],
        Slices = slices,
    };

    /// <summary>Requests of the window for the estimates that need no labels.</summary>
    public LossRows WindowRows() => new()
    {
        Probabilities = [.. Answered.Select(request => request.Answer.Probability!.Value)],
        Labels = [.. Answered.Select(_ => (bool?)null)],
    };

    /// <summary>Requests whose labels have come, for the measured loss. One text asked about often is one piece of evidence.</summary>
    /// <param name="kind">What the texts are.</param>
    /// <param name="slices">Which of them belong to which protected slice.</param>
    public LossRows LabelledRows(InputKind kind, ImmutableSortedDictionary<string, ImmutableArray<bool>> slices) => new()
    {
        Probabilities = [.. Labelled.Select(request => request.Answer.Probability!.Value)],
        Labels = [.. Labelled.Select(request => request.IsPositive)],
        Clusters = [.. Labelled.Select(request => request.Answer.Scored!)],
        Strata = [.. Labelled.Select(request => Stratum(request.Answer.Scored!, kind))],
        Slices = slices,
    };

    private string Stratum(string input, InputKind kind)
    {
        string seen = TrainingInputs.Contains(input) ? "seen" : "unseen";
        return kind == InputKind.HostName ? $"{seen}, {input[(input.LastIndexOf('.') + 1)..]}" : seen;
    }
}
