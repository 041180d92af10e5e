using System.Collections.Immutable;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Serving.Models;

namespace Lifecycle.Watching;

/// <summary>Logged requests with the live model's answers to them now, whichever model answered then.</summary>
/// <param name="Logged">What was logged.</param>
/// <param name="Target">What the live model predicts.</param>
/// <param name="Now">Its answers, or its refusals.</param>
internal sealed record AnsweredTraffic(ImmutableArray<LoggedRequest> Logged, Target Target, ModelAnswers Now)
{
    /// <summary>Positions of the requests that it answers, in the order of its answers.</summary>
    public ImmutableArray<int> Answered { get; } = [.. Enumerable.Range(0, Logged.Length).Where(request => Now.Refusals[request] is null)];

    /// <summary>The requests that it answers, with the labels that are known.</summary>
    public AnsweredRows Rows => new(Target, Now.Inputs, Now.Answers, [.. Answered.Select(request => Logged[request].LabelOf(Target) ?? double.NaN)]);

    /// <summary>Asks a model.</summary>
    public static AnsweredTraffic Of(LiveModel model, ImmutableArray<LoggedRequest> requests) =>
        new(requests, model.Target, model.Answer([.. requests.Select(request => request.Input)]));

    /// <summary>How far the logged answer to an answered request is from the one now; null where none was logged.</summary>
    /// <param name="place">Its place among the answers.</param>
    public double? DistanceOf(int place)
    {
        LoggedRequest logged = Logged[Answered[place]];
        ReadOnlySpan<float> now = Now.Answers.Of(place);
        if (logged.Prediction is not { } before)
        {
            return null;
        }

        double furthest = Distance(before, now[Prediction.OfClasses.LikeliestOf(now)]);
        for (int position = 0; logged.Answers.Length == now.Length && position < now.Length; position++)
        {
            furthest = Math.Max(furthest, Distance(logged.Answers[position], now[position]));
        }

        return furthest;
    }

    // Of numbers larger than one relative to them: floats are no closer.
    private static double Distance(float before, float now) => Math.Abs((double)before - now) / Math.Max(1, Math.Abs((double)now));
}
