using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using static Lifecycle.Domain.Tests.Evaluation.GateTests;

namespace Lifecycle.Domain.Tests.Evaluation;

/// <summary>The same rules for models of several classes and of numbers.</summary>
public sealed class GateOfTasksTests
{
    private static readonly ImmutableArray<string> Classes = ["None", "Minor", "Medium"];

    private static EvaluationReport Multiclass => Reports.First with
    {
        Loss = "balancedLogLoss",
        Classes = Classes,
        Challenger = OfRows(Reports.First.Challenger, [900, 400, 200]),
        Reference = OfRows(Reports.First.Reference, [900, 400, 200]),
        Comparisons = [Reports.Compared("reference", Reports.Slice, -0.2, -0.3, -0.1, 0.9) with { Clusters = [300, 200, 100] }],
    };

    private static EvaluationReport Numbers => Reports.First with
    {
        Loss = "absolute",
        Classes = [],
        Challenger = OfRows(Reports.First.Challenger, []),
        Reference = OfRows(Reports.First.Reference, []),
        Comparisons = [Reports.Compared("reference", Reports.Slice, -1.5, -2, -1, 12) with { Clusters = [400] }],
        Calibration = [Calibrated(0.5, 0.505, 0.01)],
    };

    [Fact]
    public void Judge_SeveralClasses_AsksForNoAreaUnderCurveAndNoCalibrationUnderABalancedLoss()
    {
        Blessing blessing = Gate.Judge(Multiclass, Reports.Policy);

        Assert.Equal(BlessingVerdict.Blessed, blessing.Verdict);
        Assert.DoesNotContain(blessing.Reasons, reason => reason.Rule is "area under curve" or "calibration");
    }

    [Fact]
    public void Judge_AClassOfFewRows_IsInconclusiveAndNamesIt()
    {
        EvaluationReport report = Multiclass with { Challenger = OfRows(Multiclass.Challenger, [900, 400, 12]) };

        BlessingReason reason = AssertVerdict(BlessingVerdict.Inconclusive, "enough evidence", Gate.Judge(report, Reports.Policy));

        Assert.Contains("The rarest class of slice 'new', 'Medium', has 12 rows", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_ReportWithoutRowsByClass_Refuses() => AssertVerdict(
        BlessingVerdict.Refused, "enough evidence", Gate.Judge(Multiclass with { Challenger = OfRows(Multiclass.Challenger, [900, 600]) }, Reports.Policy));

    [Fact]
    public void Judge_Numbers_NamesTheLossAndCountsRows()
    {
        Blessing blessing = Gate.Judge(Numbers, Reports.Policy);

        Assert.Equal(BlessingVerdict.Blessed, blessing.Verdict);
        Assert.Contains(blessing.Reasons, reason => reason.Sentence.StartsWith("On 'new' the absolute error is 10.5000 against the reference's 12.0000", StringComparison.Ordinal));
        Assert.Contains(blessing.Reasons, reason => reason.Sentence.StartsWith("Slice 'new' has 1,500 rows in 400 clusters", StringComparison.Ordinal));
    }

    [Fact]
    public void Judge_NumbersThatLoseMoreThanIsAllowed_RefusesInTheirOwnUnit()
    {
        EvaluationReport report = Numbers.WithChallenger(metrics => metrics with { Loss = 10.5 });

        BlessingReason reason = AssertVerdict(BlessingVerdict.Refused, "loss", Gate.Judge(report, Reports.Policy with { MaximumLoss = 10 }));

        Assert.Equal("The absolute error on 'new' is 10.5000; at most 10.0000 is allowed.", reason.Sentence);
    }

    [Theory]
    [InlineData(-1.5, 12, 0.125)]
    [InlineData(3, 12, -0.25)]
    [InlineData(-12, 12, 1)]
    public void Skill_OfAComparison_IsTheShareOfTheOthersLossThatIsSaved(double difference, double other, double expected) =>
        Assert.Equal(expected, Reports.Compared("reference", Reports.Slice, difference, difference, difference, other).Skill!.Value, 12);

    [Fact]
    public void Skill_AgainstAModelThatLosesNothing_MeansNothing() =>
        Assert.Null(Reports.Compared("reference", Reports.Slice, 1, 1, 1, 0).Skill);

    [Theory]
    [InlineData(0.5199, 0.01, BlessingVerdict.Blessed)]
    [InlineData(0.53, 0.015, BlessingVerdict.Inconclusive)]
    [InlineData(0.55, 0.01, BlessingVerdict.Refused)]
    [InlineData(double.NaN, 0.01, BlessingVerdict.Refused)]
    public void Judge_SharesBelowTheMedian_AreHeldAgainstOneHalf(double share, double half, BlessingVerdict expected) =>
        AssertVerdict(expected, "calibration", Gate.Judge(Numbers with { Calibration = [Calibrated(0.5, share, half)] }, Reports.Policy));

    [Fact]
    public void Judge_AQuantile_IsHeldAgainstItsOwnLevel()
    {
        EvaluationReport report = Numbers with { Loss = "pinball(0.9)", Calibration = [Calibrated(40, 0.91, 0.005)] };

        AssertVerdict(BlessingVerdict.Blessed, "calibration", Gate.Judge(report, Reports.Policy));
        AssertVerdict(BlessingVerdict.Refused, "calibration", Gate.Judge(report with { Loss = "absolute" }, Reports.Policy));
    }

    [Theory]
    [InlineData(10.1, 10, 0.05, BlessingVerdict.Blessed)]
    [InlineData(10.5, 10, 0.4, BlessingVerdict.Inconclusive)]
    [InlineData(10.5, 10, 0.1, BlessingVerdict.Refused)]
    public void Judge_MeansOnTheWhole_AreHeldAgainstTheMeanLabel(double predicted, double observed, double half, BlessingVerdict expected) => AssertVerdict(
        expected, "calibration", Gate.Judge(Numbers with { Loss = "poisson", Calibration = [Calibrated(predicted, observed, half)] }, Reports.Policy));

    [Theory]
    [InlineData(2.4, 2, 0.1, BlessingVerdict.Blessed)]
    [InlineData(2.6, 2, 0.1, BlessingVerdict.Refused)]
    [InlineData(2.6, 2, 0.7, BlessingVerdict.Blessed)]
    [InlineData(1.5, 2, 0.1, BlessingVerdict.Refused)]
    public void Judge_ABinOfMeans_MayBeOffWhereItsIntervalHoldsThePrediction(double predicted, double observed, double half, BlessingVerdict expected)
    {
        CalibrationEvidence evidence = Calibrated(10, 10, 0.1) with { Bins = [Bin(10, 10, 0.1), Bin(predicted, observed, half)] };

        AssertVerdict(expected, "calibration", Gate.Judge(Numbers with { Loss = "tweedie(1.5)", Calibration = [evidence] }, Reports.Policy));
    }

    [Theory]
    [InlineData(0.09, BlessingVerdict.Blessed)]
    [InlineData(0.3, BlessingVerdict.Refused)]
    public void Judge_MeansOfSignedLabels_AreHeldAgainstTheirDeviation(double predicted, BlessingVerdict expected)
    {
        CalibrationEvidence evidence = Calibrated(predicted, 0, 0.01) with { HasNegativeLabels = true, LabelDeviation = 5 };

        AssertVerdict(expected, "calibration", Gate.Judge(Numbers with { Loss = "squared", Calibration = [evidence] }, Reports.Policy));
    }

    [Fact]
    public void Judge_ProbabilitiesOfSeveralClasses_AreJudgedClassByClass()
    {
        EvaluationReport report = Multiclass with
        {
            Loss = "logLoss",
            Calibration = [Calibrated(0.6, 0.6, 0.01) with { Class = "None" }, Calibrated(0.3, 0.3, 0.01) with { Class = "Minor" }, Calibrated(0.1, 0.12, 0.05) with { Class = "Medium" }],
        };

        Assert.Equal(BlessingVerdict.Blessed, Gate.Judge(report, Reports.Policy).Verdict);
        AssertVerdict(BlessingVerdict.Inconclusive, "calibration of class 'Medium'", Gate.Judge(report with { Calibration = report.Calibration[..2] }, Reports.Policy));
        AssertVerdict(BlessingVerdict.Refused, "calibration of class 'Medium'", Gate.Judge(report with { Calibration = [.. report.Calibration[..2], Calibrated(0.2, 0.1, 0.01) with { Class = "Medium" }] }, Reports.Policy));
    }

    [Fact]
    public void Judge_CalibrationMissing_Refuses()
    {
        AssertVerdict(BlessingVerdict.Refused, "calibration", Gate.Judge(Numbers with { Calibration = [] }, Reports.Policy));
        AssertVerdict(BlessingVerdict.Refused, "calibration", Gate.Judge(Numbers with { Calibration = [Calibrated(1, 0.5, 0.1) with { Bins = [] }] }, Reports.Policy));
        AssertVerdict(BlessingVerdict.Refused, "calibration", Gate.Judge(Numbers, Reports.Policy with { MaximumBias = double.NaN }));
    }

    [Theory]
    [InlineData("squared", BlessingVerdict.Refused)]
    [InlineData("absolute", BlessingVerdict.Blessed)]
    public void Judge_ReportOfAnotherLossThanThePolicys_Refuses(string asked, BlessingVerdict expected) =>
        Assert.Equal(expected, Gate.Judge(Numbers, Reports.Policy with { Loss = asked }).Verdict);

    [Fact]
    public void Judge_ALossThatNobodyKnows_Refuses() =>
        Assert.Contains(Gate.Judge(Numbers with { Loss = "cubic" }, Reports.Policy).Reasons, reason => reason.Rule == "deciding loss" && reason.Verdict == BlessingVerdict.Refused);

    private static ModelMetrics OfRows(ModelMetrics model, ImmutableArray<long> classes) => model with
    {
        Slices = model.Slices.SetItem(Reports.Slice, model.Slices[Reports.Slice] with { ClassRows = classes }),
    };

    private static CalibrationEvidence Calibrated(double predicted, double observed, double half) =>
        new() { Total = Bin(predicted, observed, half), Bins = [Bin(predicted, observed, half)], LabelDeviation = 10 };

    private static CalibrationBin Bin(double predicted, double observed, double half) => new(100, 1, predicted, observed, observed - half, observed + half);
}
