using Lifecycle.Training.LightGbm;
using Lifecycle.Training.Matrices;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Training.Domains;

/// <summary>Trains one small LightGBM classifier for each fold on the other folds, and scores the fold with it.</summary>
internal static class CrossFit
{
    // Keeps the leaves of few rows small.
    private const double L2 = 0.01;

    public static DomainScores Score(DomainSample sample, DenseRows features, DomainClassifierOptions options, CancellationToken cancellation)
    {
        Demand(sample, options);
        double[] scores = new double[sample.Members.Length];
        for (int fold = 0; fold < options.Folds; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] held = [.. Rows(sample, member => member.Fold == fold)];
            if (held.Length > 0)
            {
                int[] others = [.. Rows(sample, member => member.Fold != fold)];
                Fill(scores, held, Classify(sample, features, others, held, options, cancellation));
            }
        }

        int baseline = sample.Members.Count(member => !member.IsWindow);
        DomainScore[] all = [.. sample.Members.Select((member, i) => new DomainScore(member.Row, scores[i]))];
        return new DomainScores([.. all[..baseline]], [.. all[baseline..]]);
    }

    // Where nothing tells the sides apart, no tree finds a split, and the trees are the share of the window.
    private static double[] Classify(
        DomainSample sample, DenseRows features, int[] others, int[] held, DomainClassifierOptions options, CancellationToken cancellation)
    {
        string parameters = Parameters.Binary(
            options.Leaves, options.LearningRate, options.MinimumRowsPerLeaf, options.FigureShare, L2, options.Seed, options.Threads);
        using BinnedRows binned = new(features.Take(others), [.. others.Select(row => sample.Members[row].IsWindow ? 1f : 0f)], [], parameters);
        using Booster booster = Booster.Begin(binned, validation: null, parameters);
        for (int tree = 0; tree < options.Trees && booster.Grow(); tree++)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return booster.Predict(features.Take(held), options.Threads);
    }

    private static void Demand(DomainSample sample, DomainClassifierOptions options)
    {
        for (int fold = 0; fold < options.Folds; fold++)
        {
            int baseline = Rows(sample, member => member.Fold != fold && !member.IsWindow).Count();
            int window = Rows(sample, member => member.Fold != fold && member.IsWindow).Count();
            if (baseline == 0 || window == 0)
            {
                throw new UntrainableException(
                    $"the domain classifier has {baseline} baseline rows and {window} window rows outside fold {fold}; expected more keys than these rows have");
            }
        }
    }

    private static IEnumerable<int> Rows(DomainSample sample, Func<DomainMember, bool> belongs) =>
        Enumerable.Range(0, sample.Members.Length).Where(i => belongs(sample.Members[i]));

    // A probability of exactly 0 or 1 would have no odds.
    private static void Fill(double[] scores, int[] rows, double[] scored)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            scores[rows[i]] = Math.Clamp(scored[i], 1e-6, 1 - 1e-6);
        }
    }
}
