using Lifecycle.Training.Matrices;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.Domains;

/// <summary>
/// Tells window rows from baseline rows: where a classifier can, they differ, in any figure or in how figures go together
/// (Friedman 2003; Lopez-Paz and Oquab 2017). Cross-fitted: every row is scored by trees that saw neither it nor its key.
/// The scores measure the separation, and their odds are importance weights.
/// </summary>
/// <remarks>Same rows in any order of sides and same options give the same scores: seed and threads are pinned.</remarks>
public static class DomainClassifier
{
    /// <summary>Fewest rows of a side.</summary>
    public const int MinimumRows = 100;

    // Below every value that a figure takes: trees can split missing values off, whatever they make of NaN.
    private const float Missing = -1e30f;

    /// <summary>Scores rows by their figures.</summary>
    /// <param name="baseline">Rows that the window is compared with.</param>
    /// <param name="window">Rows of the window.</param>
    /// <param name="options">How it works; null takes the defaults.</param>
    /// <param name="cancellation">Heard between folds.</param>
    /// <exception cref="UntrainableException">There are too few rows or keys, or rows differ in their number of figures.</exception>
    public static DomainScores Score(
        IReadOnlyList<DomainRow> baseline, IReadOnlyList<DomainRow> window, DomainClassifierOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(window);
        options ??= new DomainClassifierOptions();
        DomainSample sample = DomainSample.Of([.. baseline.Select(row => row.Key)], [.. window.Select(row => row.Key)], options);
        return CrossFit.Score(sample, Dense([.. sample.Members.Select(member => (member.IsWindow ? window : baseline)[member.Row])]), options, cancellation);
    }

    /// <summary>Rows as trees read them.</summary>
    /// <exception cref="UntrainableException">Rows differ in their number of figures, or have none.</exception>
    internal static DenseRows Dense(IReadOnlyList<DomainRow> rows)
    {
        int figures = rows is [var first, ..] ? first.Figures.Length : 1;
        return figures > 0 && rows.All(row => row.Figures.Length == figures)
            ? new DenseRows([.. rows.SelectMany(Dense)], figures)
            : throw new UntrainableException("the rows to be told apart differ in their number of figures, or have none; expected the same for every row");
    }

    private static float[] Dense(DomainRow row)
    {
        float[] figures = row.Figures.ToArray();
        for (int i = 0; i < figures.Length; i++)
        {
            figures[i] = float.IsNaN(figures[i]) ? Missing : figures[i];
        }

        return figures;
    }
}
