using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;

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
    public static ImmutableArray<ValidationFinding> Check(ImmutableArray<AnsweredRequest> window, string modelDigest, WatchDefinition watch) =>
        [.. new[] { Refused(window, watch), Skew(window, modelDigest, watch) }.OfType<ValidationFinding>()];

    private static ValidationFinding? Refused(ImmutableArray<AnsweredRequest> window, WatchDefinition watch)
    {
        AnsweredRequest[] refused = [.. window.Where(request => request.Answer.Probability is null)];
        double share = (double)refused.Length / Math.Max(1, window.Length);
        return share > watch.MaximumRefusedShare
            ? Finding("refused", "input", share, watch.MaximumRefusedShare, refused[0].Answer.Refusal ?? "")
            : null;
    }

    private static ValidationFinding? Skew(ImmutableArray<AnsweredRequest> window, string modelDigest, WatchDefinition watch)
    {
        AnsweredRequest[] same = [.. window.Where(request => request.Logged.ModelDigest == modelDigest && request.Logged.Prediction is not null)];
        AnsweredRequest[] differing = [.. same.Where(Differs)];
        double share = (double)differing.Length / Math.Max(1, same.Length);
        return share > watch.MaximumSkewShare
            ? Finding("skew", "prediction", share, watch.MaximumSkewShare, Example(differing[0]))
            : null;
    }

    private static bool Differs(AnsweredRequest request) =>
        request.Answer.Probability is not { } now || !(Math.Abs(now - request.Logged.Prediction!.Value) <= SkewTolerance);

    private static string Example(AnsweredRequest request) => string.Create(
        CultureInfo.InvariantCulture, $"request {request.Logged.RequestId} was answered {request.Logged.Prediction}, the same model says {request.Answer.Probability}");

    private static ValidationFinding Finding(string rule, string subject, double share, double allowed, string example) => new(
        FindingSeverity.Error, rule, subject,
        string.Create(CultureInfo.InvariantCulture, $"{share:0.0%} of the requests, such as: {example}"),
        string.Create(CultureInfo.InvariantCulture, $"at most {allowed:0.0%}"));
}
