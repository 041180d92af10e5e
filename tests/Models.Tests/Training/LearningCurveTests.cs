using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.Explanations;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

public sealed class LearningCurveTests
{
    [Fact]
    public void Curve_OfBalancedClasses_IsTheLossThatIsMinimised()
    {
        (Target target, double[] labels) = Rare();
        LearningCurve curve = Train(target, labels, new TrainerDefinition.LightGbm { Trees = 60, LearningRate = 0.05 }).Record!.Curve!;

        // LightGBM begins with the share of the rare class, which is worse than even odds where classes count alike: ln 2.
        Assert.True(curve.Points[0].Training > Math.Log(2));
        Assert.True(curve.Points[^1].Training < 0.8 * Math.Log(2));
        Assert.Equal(curve.Points.Select(point => point.Training).OrderDescending(), curve.Points.Select(point => point.Training));
        Assert.Equal((60, 60), (curve.Kept, curve.Points[^1].Round));
        Assert.All(curve.Points, point => Assert.Null(point.Validation));
    }

    [Fact]
    public void Curve_OfManyRounds_LooksAtSomeAndAtTheLast()
    {
        (Target target, double[] labels) = NativeContributionTests.Labels(TrainingObjective.Absolute);
        LearningCurve curve = Train(target, labels, new TrainerDefinition.LightGbm { Trees = 333, Leaves = 3 }).Record!.Curve!;

        Assert.InRange(curve.Points.Length, 50, 60);
        Assert.Equal((333, 333), (curve.Kept, curve.Points[^1].Round));
    }

    [Fact]
    public void Curve_WithEarlyStopping_HasBothLossesAndTheRoundThatIsKept()
    {
        (Target target, double[] labels) = NativeContributionTests.Labels(TrainingObjective.Squared);
        float[][] rows = Tables.Features(2000, seed: 3, holes: false);
        TrainedModel model = Tables.Train(
            target, new TrainerDefinition.LightGbm { Trees = 500, EarlyStopping = 10, LearningRate = 0.3 },
            Tables.Rows(rows[..1500], labels[..1500]), Tables.Rows(rows[1500..], labels[1500..]));

        LearningCurve curve = model.Record!.Curve!;

        Assert.Equal(curve.Kept, curve.Points.MinBy(point => point.Validation)!.Round);
        Assert.Equal(curve.Kept + 10, curve.Points[^1].Round);
        Assert.Equal(Enumerable.Range(1, curve.Points.Length), curve.Points.Select(point => point.Round));
        Assert.NotNull(curve.Points[^1].Training);
        Assert.True(curve.Points[^1].Training < curve.Points[^1].Validation, "it learns by heart");
    }

    [Fact]
    public void Curve_OfALinearModel_FallsWithEachStep()
    {
        (Target target, double[] labels) = Rare();
        TrainingRecord record = Train(target, labels, new TrainerDefinition.Linear()).Record!;

        Assert.Equal(ImportanceMeasure.StandardisedCoefficient, record.Importance!.Measure);
        Assert.True(Math.Abs(record.Importance.Values[0]) > 3 * Math.Abs(record.Importance.Values[5]), string.Join(" ", record.Importance.Values));
        Assert.Equal(record.Curve!.Points.Select(point => point.Training).OrderDescending(), record.Curve.Points.Select(point => point.Training));
        Assert.True(record.Curve.Points.Length > 3);
    }

    private static (Target Target, double[] Labels) Rare() =>
        (new Target.Binary(), [.. Tables.Features(2000, seed: 3, holes: false).Select((row, index) => Tables.Signal(row, index, 3) > 1.2 ? 1.0 : 0)]);

    private static TrainedModel Train(Target target, double[] labels, TrainerDefinition trainer) =>
        Tables.Train(target, trainer, Tables.Rows(Tables.Features(2000, seed: 3, holes: false), labels));
}
