using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Predictions;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Watching;

/// <summary>
/// What logged traffic must look like before anything is concluded from it. A single odd request is the internet; a share of
/// them is a broken batch, and a broken batch is never retrained on. Pure.
/// </summary>
internal static class TrafficContract
{
    // The model's own inputs give its own answers to the last bit on the same machine; other machines differ by rounding.
    private const float SkewTolerance = 1e-5f;

    /// <summary>Broken rules; all of them block.</summary>
    public static ImmutableArray<ValidationFinding> Check(AnsweredTraffic window, string modelDigest, WatchDefinition watch) =>
        [.. new[] { Refused(window, watch), Skew(window, modelDigest, watch) }.OfType<ValidationFinding>()];

    private static ValidationFinding? Refused(AnsweredTraffic window, WatchDefinition watch)
    {
        string[] refusals = [.. window.Now.Refusals.OfType<string>()];
        double share = (double)refusals.Length / Math.Max(1, window.Logged.Length);
        return share > watch.MaximumRefusedShare ? Finding("refused", "input", share, watch.MaximumRefusedShare, refusals[0]) : null;
    }

    // A logged answer to what the same model refuses now is skew too.
    private static ValidationFinding? Skew(AnsweredTraffic window, string modelDigest, WatchDefinition watch)
    {
        int?[] places = PlacesOf(window);
        int[] same = [.. Enumerable.Range(0, window.Logged.Length).Where(request => window.Logged[request] is { Prediction: not null } logged && logged.ModelDigest == modelDigest)];
        int[] differing = [.. same.Where(request => places[request] is not { } place || !(window.DistanceOf(place) <= SkewTolerance))];
        double share = (double)differing.Length / Math.Max(1, same.Length);
        return share > watch.MaximumSkewShare
            ? Finding("skew", "prediction", share, watch.MaximumSkewShare, Example(window, differing[0], places[differing[0]]))
            : null;
    }

    private static int?[] PlacesOf(AnsweredTraffic window)
    {
        int?[] places = new int?[window.Logged.Length];
        foreach ((int place, int request) in window.Answered.Index())
        {
            places[request] = place;
        }

        return places;
    }

    private static string Example(AnsweredTraffic window, int request, int? place)
    {
        LoggedRequest logged = window.Logged[request];
        string before = logged.Answers is { IsEmpty: false } answers ? Text([.. answers]) : string.Create(CultureInfo.InvariantCulture, $"{logged.Prediction}");
        string now = place is not { } at ? $"nothing: {window.Now.Refusals[request]}"
            : logged.Answers.Length == window.Now.Answers.Width ? Text(window.Now.Answers.Of(at))
            : Text([window.Now.Answers.Of(at)[Prediction.OfClasses.LikeliestOf(window.Now.Answers.Of(at))]]);
        return $"request {logged.RequestId} was answered {before}, the same model says {now}";
    }

    private static string Text(ReadOnlySpan<float> answer) => string.Join(" | ", answer.ToArray().Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static ValidationFinding Finding(string rule, string subject, double share, double allowed, string example) => new(
        FindingSeverity.Error, rule, subject,
        string.Create(CultureInfo.InvariantCulture, $"{share:0.0%} of the requests, such as: {example}"),
        string.Create(CultureInfo.InvariantCulture, $"at most {allowed:0.0%}"));
}
