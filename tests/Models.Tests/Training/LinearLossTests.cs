using Lifecycle.Domain.Training;
using Lifecycle.Training.Linear;
using Lifecycle.Training.Matrices;

namespace Lifecycle.Models.Tests.Training;

/// <summary>The parts of a linear training: losses, their slopes, and the way to the lowest point.</summary>
public sealed class LinearLossTests
{
    [Theory]
    [InlineData(TrainingObjective.Binary, 0.7, 1, 0.403186)]
    [InlineData(TrainingObjective.Binary, -800, 1, 800)]
    [InlineData(TrainingObjective.Squared, 2, 5, 4.5)]
    [InlineData(TrainingObjective.Poisson, 0.5, 3, 0.148721)]
    [InlineData(TrainingObjective.Gamma, 0.5, 3, 2.319592)]
    [InlineData(TrainingObjective.Tweedie, 0.5, 3, 7.240856)]
    public void Loss_OfARow_IsTheFormulasOfTheDocumentation(TrainingObjective objective, double score, double label, double expected) =>
        Assert.Equal(expected, new RowLoss(objective, 1.5).Take([score], label), 1e-5);

    [Fact]
    public void Loss_OfClasses_IsMinusTheLogarithmOfTheOwnShare() =>
        Assert.Equal(-Math.Log(Math.E / (Math.E + 1 + (1 / Math.E))), new RowLoss(TrainingObjective.Multiclass, null).Take([1, 0, -1], 0), 1e-12);

    [Theory]
    [InlineData(TrainingObjective.Binary)]
    [InlineData(TrainingObjective.Multiclass)]
    [InlineData(TrainingObjective.Squared)]
    [InlineData(TrainingObjective.Poisson)]
    [InlineData(TrainingObjective.Gamma)]
    [InlineData(TrainingObjective.Tweedie)]
    public void Slopes_OfRows_AreThoseOfTheirDifferences(TrainingObjective objective)
    {
        int scores = objective == TrainingObjective.Multiclass ? 3 : 1;
        float[][] rows = Tables.Features(60, seed: 9, holes: false);
        rows[3][1] = float.NaN;
        FeatureMatrix matrix = FeatureMatrix.Of(Tables.Batches(rows), rows.Length, Tables.FeatureCount);
        PenalisedLoss loss = new(matrix, FeatureScale.Of(matrix, []), new RowLoss(objective, 1.5), scores, l2: 3)
        {
            Labels = [.. rows.Select((_, row) => (double)(row % (scores == 3 ? 3 : 2)))],
            Weights = [.. rows.Select((_, row) => 1 + (row % 4.0))],
            Threads = 2,
        };
        double[] point = [.. Enumerable.Range(0, loss.Length).Select(index => ((index % 5) - 2) / 10.0)];
        double[] slopes = new double[loss.Length];
        double[] ignored = new double[loss.Length];
        loss.At(point, slopes, TestContext.Current.CancellationToken);

        for (int i = 0; i < point.Length; i++)
        {
            double[] above = [.. point];
            double[] below = [.. point];
            (above[i], below[i]) = (point[i] + 1e-5, point[i] - 1e-5);
            double difference = loss.At(above, ignored, TestContext.Current.CancellationToken) - loss.At(below, ignored, TestContext.Current.CancellationToken);
            Assert.Equal(difference / 2e-5, slopes[i], 1e-7);
        }
    }

    [Fact]
    public void Minimise_ALongValley_FindsItsLowestPoint()
    {
        double[] steepness = [1, 10, 1000, 1e-2];
        int told = 0;

        double[] lowest = Minimiser.Minimise(Valley, steepness.Length, 200, (step, _) => Assert.Equal(++told, step));

        Assert.All(lowest.Index(), at => Assert.Equal(at.Index + 1, at.Item, 1e-4));
        Assert.InRange(told, 2, 60);

        double Valley(ReadOnlySpan<double> point, Span<double> slopes)
        {
            double value = 0;
            for (int i = 0; i < point.Length; i++)
            {
                double distance = point[i] - (i + 1);
                value += steepness[i] * distance * distance / 2;
                slopes[i] = steepness[i] * distance;
            }

            return value;
        }
    }

    [Fact]
    public void Minimise_AtTheLowestPoint_TakesNoStep() => Assert.Equal([0, 0], Minimiser.Minimise(
        (_, slopes) =>
        {
            slopes.Clear();
            return 7;
        },
        2, 10, (_, _) => Assert.Fail("no step is needed")));
}
