using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Watching;

/// <summary>
/// Parts of rows that a model answers alike, in which losses are compared: by the likeliest class, or by a fifth of the Holdout's answers.
/// Pure.
/// </summary>
internal sealed class AnswerBands
{
    private const int Bands = 5;

    private readonly Target target;
    private readonly ImmutableArray<float> edges;

    /// <summary>The parts of a Holdout's answers.</summary>
    public AnswerBands(Target target, Answers holdout)
    {
        this.target = target;
        float[] sorted = holdout.Width > 1 ? [] : [.. holdout.Values.Order()];
        edges = sorted is [] ? [] : [.. Enumerable.Range(1, Bands - 1).Select(band => sorted[band * sorted.Length / Bands]).Distinct().Where(edge => edge < sorted[^1])];
    }

    /// <summary>The part of an answer, in words.</summary>
    public string Of(ReadOnlySpan<float> answer)
    {
        if (answer.Length > 1)
        {
            return $"answered {target.ClassNames[Prediction.OfClasses.LikeliestOf(answer)]}";
        }

        int found = edges.BinarySearch(answer[0]);
        int band = found >= 0 ? found : ~found;
        return edges.IsEmpty ? "answered alike"
            : band < edges.Length ? $"answered up to {Text(edges[band])}"
            : $"answered above {Text(edges[^1])}";
    }

    private static string Text(float edge) => edge.ToString("0.####", CultureInfo.InvariantCulture);
}
