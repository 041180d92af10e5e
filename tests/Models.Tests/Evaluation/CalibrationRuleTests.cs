using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation;

namespace Lifecycle.Models.Tests.Evaluation;

/// <summary>How often the gate's rule on calibration is wrong: the intervals at which it looks hold all at once.</summary>
public sealed class CalibrationRuleTests
{
    private const int Seeds = 200;

    [Theory]
    [InlineData(300)]
    [InlineData(2000)]
    public void Judge_SoundModelOfFourClasses_IsRefusedAtMostOnceInTwenty(int rows) =>
        Assert.InRange(Refused(seed => SoundModels.FourClasses(rows, seed)), 0, Seeds / 20);

    [Fact]
    public void Judge_SoundModelOfTwoClasses_IsRefusedAtMostOnceInTwenty() =>
        Assert.InRange(Refused(seed => SoundModels.TwoClasses(1000, seed)), 0, Seeds / 20);

    [Theory]
    [InlineData("squared")]
    [InlineData("poisson")]
    [InlineData("tweedie(1.5)")]
    public void Judge_SoundModelOfNumbers_IsRefusedAtMostOnceInTwenty(string loss) =>
        Assert.InRange(Refused(seed => SoundModels.Numbers(loss, 1000, seed)), 0, Seeds / 20);

    [Fact]
    public void Judge_ModelThatIsPlainlyOff_IsRefusedAlways()
    {
        Assert.Equal(Seeds, Refused(seed => SoundModels.FourClasses(2000, seed, sharpness: 2.5)));
        Assert.Equal(Seeds, Refused(seed => SoundModels.TwoClasses(2000, seed, sharpness: 2.5)));
        Assert.Equal(Seeds, Refused(seed => SoundModels.Numbers("squared", 1000, seed, sharpness: 1.4)));
    }

    [Fact]
    public void Level_OfEveryInterval_IsSharedOutOverAllThatAreLookedAt()
    {
        CalibrationEvidence[] classes = [.. ModelEvaluator.Evaluate(SoundModels.FourClasses(2000, 1)).Report.Calibration];

        Assert.All(classes, found => Assert.Equal(1 - (0.05 / classes.Sum(one => 1 + one.Bins.Length)), found.Level, 12));
        Assert.Equal(1 - (0.05 / 11), ModelEvaluator.Evaluate(SoundModels.Numbers("squared", 1000, 1)).Report.Calibration[0].Level, 12);
        Assert.Equal(0.95, ModelEvaluator.Evaluate(SoundModels.Numbers("absolute", 1000, 1)).Report.Calibration[0].Level);
    }

    private static int Refused(Func<int, EvaluationInput> draw) => Enumerable.Range(0, Seeds).AsParallel().Count(seed =>
    {
        EvaluationInput input = draw(seed);
        return Gate.Judge(ModelEvaluator.Evaluate(input).Report, input.Policy).Reasons
            .Any(reason => reason.Rule.StartsWith("calibration", StringComparison.Ordinal) && reason.Verdict == BlessingVerdict.Refused);
    });
}
