namespace Lifecycle.OnnxModels.Explanations;

/// <summary>Takes the raw scores of a row apart: a base, and what each feature adds. Safe for several threads at once.</summary>
internal abstract class ScoreParts
{
    /// <summary>By score: the score of a row of which nothing is known.</summary>
    public abstract IReadOnlyList<double> Bases { get; }

    /// <summary>Adds what each feature of a row does to each score.</summary>
    /// <param name="row">The feature vector.</param>
    /// <param name="contributions">All features of the first score, then those of the next.</param>
    public abstract void Add(ReadOnlySpan<float> row, Span<double> contributions);
}
