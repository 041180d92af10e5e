using System.Collections.Immutable;
using Lifecycle.Training.LightGbm;
using Lifecycle.Training.Matrices;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.Domains;

/// <summary>What rows are expected to lose.</summary>
/// <param name="Holdout">Rows of the Holdout, each by trees that saw neither it nor its key.</param>
/// <param name="Window">Rows of the window, the mean over all trees.</param>
public sealed record LossExpectations(ImmutableArray<double> Holdout, ImmutableArray<double> Window);

/// <summary>
/// Learns from the Holdout what a model of numbers loses on which rows (direct loss estimation): small LightGBM trees of the mean loss over
/// the figures, one for each fold of keys. Whether they learnt anything, the Holdout's own rows have to show.
/// </summary>
/// <remarks>Same rows and options give the same numbers: seed and threads are pinned.</remarks>
public static class LossModel
{
    // Keeps the leaves of few rows small.
    private const double L2 = 0.01;

    /// <summary>Learns, and expects.</summary>
    /// <param name="holdout">The Holdout's rows.</param>
    /// <param name="losses">What the model lost on each.</param>
    /// <param name="weights">Their weights; empty weighs all alike.</param>
    /// <param name="window">The window's rows, with the same figures.</param>
    /// <param name="options">How it works; null takes the defaults.</param>
    /// <param name="cancellation">Heard between trees.</param>
    /// <exception cref="UntrainableException">There are too few rows or keys, the losses are all zero, or rows differ in their number of figures.</exception>
    public static LossExpectations Expect(
        IReadOnlyList<DomainRow> holdout, ReadOnlySpan<double> losses, ReadOnlySpan<double> weights, IReadOnlyList<DomainRow> window,
        DomainClassifierOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(holdout);
        ArgumentNullException.ThrowIfNull(window);
        options ??= new DomainClassifierOptions();
        double mean = MeanOf(holdout, losses);
        float[] learnt = [.. losses.ToArray().Select(loss => (float)(loss / mean))];
        float[] weighed = [.. weights.ToArray().Select(weight => (float)weight)];
        DenseRows here = DomainClassifier.Dense(holdout);
        DenseRows there = DomainClassifier.Dense(window);
        string[] keys = [.. holdout.Select(row => row.Key)];
        int[] folds = [.. keys.Select(key => DomainSample.FoldOf(key, options))];
        ImmutableArray<int> learners = [.. DomainSample.Taken(keys, options).Select(taken => taken.Row)];
        double[] expected = new double[holdout.Count];
        double[] beyond = new double[window.Count];
        for (int fold = 0; fold < options.Folds; fold++)
        {
            using Fold one = Fold.Of(here, learnt, weighed, folds, learners, fold, options);
            Booster trees = one.Grow(options, cancellation);
            foreach ((int row, double loss) in one.Held.Zip(one.Held is [] ? [] : trees.Predict(here.Take(one.Held), options.Threads)))
            {
                expected[row] = Math.Max(0, loss) * mean;
            }

            foreach ((int row, double loss) in (window is [] ? [] : trees.Predict(there, options.Threads)).Index())
            {
                beyond[row] += Math.Max(0, loss) * mean / options.Folds;
            }
        }

        return new LossExpectations([.. expected], [.. beyond]);
    }

    private static double MeanOf(IReadOnlyList<DomainRow> holdout, ReadOnlySpan<double> losses)
    {
        if (holdout.Count < DomainClassifier.MinimumRows || losses.Length != holdout.Count)
        {
            throw new UntrainableException($"the model of the losses has {holdout.Count} Holdout rows and {losses.Length} losses; expected at least {DomainClassifier.MinimumRows}, and one loss for each");
        }

        double mean = 0;
        foreach (double loss in losses)
        {
            mean += loss / losses.Length;
        }

        return mean > 0 && double.IsFinite(mean) ? mean : throw new UntrainableException($"the model of the losses learns from losses of {mean} in the mean; expected more than nothing");
    }

    /// <summary>The trees of one fold: they learn from the rows of the others.</summary>
    private sealed class Fold(int[] held, BinnedRows rows, Booster trees) : IDisposable
    {
        public int[] Held => held;

        public static Fold Of(DenseRows all, float[] losses, float[] weights, int[] folds, ImmutableArray<int> learners, int fold, DomainClassifierOptions options)
        {
            int[] others = [.. learners.Where(row => folds[row] != fold)];
            if (others is [])
            {
                throw new UntrainableException($"the model of the losses has no Holdout row outside fold {fold}; expected more keys than these rows have");
            }

            string parameters = Parameters.Mean(
                options.Leaves, options.LearningRate, options.MinimumRowsPerLeaf, options.FigureShare, L2, options.Seed, options.Threads);
            BinnedRows rows = new(
                all.Take(others), [.. others.Select(row => losses[row])], weights is [] ? [] : [.. others.Select(row => weights[row])], parameters);
            return new Fold([.. Enumerable.Range(0, folds.Length).Where(row => folds[row] == fold)], rows, Booster.Begin(rows, validation: null, parameters));
        }

        public Booster Grow(DomainClassifierOptions options, CancellationToken cancellation)
        {
            for (int tree = 0; tree < options.Trees && trees.Grow(); tree++)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            return trees;
        }

        public void Dispose()
        {
            trees.Dispose();
            rows.Dispose();
        }
    }
}
