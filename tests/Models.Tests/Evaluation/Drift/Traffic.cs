using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Drift;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Models.Tests.Evaluation.Drift;

/// <summary>
/// Rows of a world with one figure in [0, 1): small figures are a toss, large ones are answered with near certainty, and the
/// model knows that almost exactly. Drift is planted by the figure's shape (covariate) or by other answers (concept).
/// </summary>
internal static class Traffic
{
    public static DriftPolicy Policy { get; } = new();

    /// <summary>A Holdout and a window of the same world.</summary>
    public static LossInput Quiet(int rows = 4000) => Of(Drawn(rows, seed: 1), Drawn(rows, seed: 2));

    /// <summary>Both sides of a model of two classes, whose balanced log loss decides.</summary>
    public static LossInput Of(LossRows holdout, LossRows window) => new()
    {
        Target = new Target.Binary(), Loss = new LogLoss(isBalanced: true), Holdout = holdout, Window = window, Policy = Policy,
    };

    /// <summary>Rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="shape">The figure is a uniform number to this power: above 1, small figures become more frequent.</param>
    /// <param name="flipped">Share of answers that are the other class than before: concept drift.</param>
    public static LossRows Drawn(int rows, int seed, double shape = 1, double flipped = 0)
    {
        SplitMix64 draws = new((ulong)seed);
        double[] figures = Figures(rows, seed, shape);
        return new LossRows
        {
            Answers = new Answers(1, [.. figures.Select(figure => (float)Believed(figure))]),
            Labels =
            [
                .. figures.Select((figure, row) =>
                    (draws.UniformAt((ulong)((3 * row) + 1)) < Truth(figure)) != (draws.UniformAt((ulong)((3 * row) + 2)) < flipped) ? 1d : 0d),
            ],
            Strata = [.. figures.Select(figure => figure < 0.5 ? "small" : "large")],
        };
    }

    /// <summary>The figures of such rows.</summary>
    public static double[] Figures(int rows, int seed, double shape = 1)
    {
        SplitMix64 draws = new((ulong)seed);
        return [.. Enumerable.Range(0, rows).Select(row => Math.Pow(draws.UniformAt((ulong)(3 * row)), shape))];
    }

    /// <summary>The rows without what turned out to be true.</summary>
    public static LossRows Unlabelled(this LossRows rows) => rows with { Labels = [.. rows.Labels.Select(_ => double.NaN)] };

    /// <summary>Exact importance weights: the ratio of the densities of a window of some shape and of the uniform figures.</summary>
    public static ImportanceWeights ExactWeights(int rows, int seed, double shape)
    {
        double[] figures = Figures(rows, seed);
        return new ImportanceWeights
        {
            Rows = [.. figures.Select((figure, row) => new ImportanceWeight(row, Math.Pow(figure, (1 / shape) - 1) / shape))],
            ClippedAt = double.MaxValue,
            EffectiveRowCount = rows,
            OffSupportShare = ImportanceWeights.NegligibleShare,
        };
    }

    private static double Truth(double figure) => figure switch
    {
        < 0.5 => 0.45 + (0.2 * figure),
        < 0.75 => 0.03 + (0.02 * figure),
        _ => 0.95 + (0.02 * figure),
    };

    private static double Believed(double figure) => Math.Clamp(Truth(figure) * 1.02, 0.01, 0.99);
}
