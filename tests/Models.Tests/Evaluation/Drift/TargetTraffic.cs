using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Drift;
using Lifecycle.Statistics.Resampling;
using Lifecycle.Training.Domains;

namespace Lifecycle.Models.Tests.Evaluation.Drift;

/// <summary>
/// Rows (GENERATED, seeded) of a world with one figure in [0, 1), for targets of several classes and of numbers. Drift is planted by the
/// figure's shape (covariate) or by what is true of like rows (concept).
/// </summary>
internal static class TargetTraffic
{
    private const int DrawsOfARow = 3;

    public static Target.Multiclass Classes { get; } = new() { Classes = ["none", "some", "much"] };

    public static Target.Regression Number { get; } = new() { Unit = "minutes" };

    /// <summary>A model of three classes: the figure says how sure one can be.</summary>
    public static LossRows OfClasses(int rows, int seed, double shape = 1, double flipped = 0)
    {
        SplitMix64 draws = new((ulong)seed);
        double[] figures = Traffic.Figures(rows, seed, shape);
        double[][] truths = [.. figures.Select(Truth)];
        return new LossRows
        {
            Answers = new Answers(3, [.. truths.SelectMany(truth => truth.Select(share => (float)share))]),
            Labels = [.. truths.Select((truth, row) => Drawn(truth, draws, row, flipped))],
        };
    }

    /// <summary>A model of a number that is right in the mean, and the further off the larger the figure.</summary>
    public static LossRows OfNumbers(int rows, int seed, double shape = 1, double noise = 1)
    {
        SplitMix64 draws = new((ulong)seed);
        double[] figures = Traffic.Figures(rows, seed, shape);
        return new LossRows
        {
            Answers = new Answers(1, [.. figures.Select(figure => (float)(10 * figure))]),
            Labels = [.. figures.Select((figure, row) => (10 * figure) + (noise * (0.5 + (3 * figure)) * Normal(draws, row)))],
        };
    }

    /// <summary>Both sides of the model of classes.</summary>
    public static LossInput Input(LossRows holdout, LossRows window, Loss loss) => new()
    {
        Target = holdout.Answers.Width > 1 ? Classes : Number, Loss = loss, Holdout = holdout, Window = window, Policy = new DriftPolicy(), BootstrapSamples = 300,
    };

    /// <summary>What the product's own model of the losses expects.</summary>
    public static LossExpectations Expectations(LossInput input, int holdoutSeed, int windowSeed, double windowShape) => LossModel.Expect(
        Rows(Traffic.Figures(input.Holdout.RowCount, holdoutSeed)), input.LossesOf(input.Holdout), [], Rows(Traffic.Figures(input.Window.RowCount, windowSeed, windowShape)));

    private static DomainRow[] Rows(double[] figures) => [.. figures.Select((figure, row) => new DomainRow($"row {row}", new[] { (float)figure }))];

    private static double[] Truth(double figure)
    {
        double[] weights = [1, Math.Exp(3 * (figure - 0.5)), Math.Exp(5 * (figure - 0.8))];
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    private static double Drawn(double[] truth, SplitMix64 draws, int row, double flipped)
    {
        double draw = draws.UniformAt((ulong)((DrawsOfARow * row) + 1));
        int label = draw < truth[0] ? 0 : draw < truth[0] + truth[1] ? 1 : 2;
        return draws.UniformAt((ulong)((DrawsOfARow * row) + 2)) < flipped ? (label + 1) % 3 : label;
    }

    private static double Normal(SplitMix64 draws, int row) =>
        Math.Sqrt(-2 * Math.Log(1 - draws.UniformAt((ulong)((DrawsOfARow * row) + 1)))) * Math.Cos(2 * Math.PI * draws.UniformAt((ulong)((DrawsOfARow * row) + 2)));
}
