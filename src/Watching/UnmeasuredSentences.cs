using System.Collections.Immutable;
using Lifecycle.Data;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Watching;

/// <summary>
/// What could not be measured of a window, and why. A measurement that its rows do not allow (all alike, of one class, without
/// spread, no number to an expression of the definition, too many for the deadline) is a finding about the window: it is said, and the
/// rest is measured. What fails outside the measurement is thrown.
/// </summary>
internal sealed class UnmeasuredSentences
{
    private const int LongestReason = 500;

    private readonly List<string> sentences = [];

    /// <summary>All of them, in the order in which they were found.</summary>
    public ImmutableArray<string> All => [.. sentences];

    /// <summary>What was measured, or null with a sentence.</summary>
    /// <param name="what">What is measured, for the sentence.</param>
    /// <param name="measure">Measures.</param>
    public T? Unless<T>(string what, Func<T?> measure)
        where T : class
    {
        try
        {
            return measure();
        }
        catch (Exception impossible) when (impossible is UntrainableException or InvalidDataSourceException or DataDeadlineException
            or ArgumentException or ArithmeticException or InvalidOperationException)
        {
            // A message of the database may quote the row, and rows are as long as they like.
            string reason = impossible.Message.ReplaceLineEndings(" ").TrimEnd('.');
            sentences.Add($"The {what} is inconclusive because {(reason.Length > LongestReason ? reason[..LongestReason] + "…" : reason)}.");
            return null;
        }
    }
}
