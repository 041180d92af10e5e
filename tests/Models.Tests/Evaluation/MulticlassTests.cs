using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Curves;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Models.Tests.Evaluation;

public sealed class MulticlassTests
{
    private static readonly Target.Multiclass Target = new() { Classes = ["None", "Minor", "Medium"] };

    // Likeliest classes: 0, 0, 1, 2 for labels 0, 1, 1, 2.
    private static readonly EvaluationInput Small = Input([0, 1, 1, 2], [0.7f, 0.2f, 0.1f, 0.5f, 0.4f, 0.1f, 0.1f, 0.8f, 0.1f, 0.3f, 0.3f, 0.4f]);

    [Fact]
    public void Measure_SmallExample_GivesTheFiguresByHand()
    {
        SliceMetrics metrics = Small.Measure();

        Assert.Equal(0.75, metrics.Find("accuracy"));
        Assert.Equal(1, metrics.Find("topTwo"));
        Assert.Equal(((2.0 / 3) + (2.0 / 3) + 1) / 3, metrics.Find("macroF1")!.Value, 12);
        Assert.Equal(-(Math.Log(0.7) + Math.Log(0.4) + Math.Log(0.8) + Math.Log(0.4)) / 4, metrics.Find("logLoss")!.Value, 6);
        Assert.Equal(-(Math.Log(0.7) + ((Math.Log(0.4) + Math.Log(0.8)) / 2) + Math.Log(0.4)) / 3, metrics.Loss, 6);
        Assert.Equal((0.14 + 0.62 + 0.06 + 0.54) / 4, metrics.Find("brierScore")!.Value, 6);
        Assert.Equal([1, 2, 1], metrics.ClassRows);
    }

    [Fact]
    public void AreaUnderCurve_SeveralClasses_IsTheMeanOfEachAgainstTheRest() => Assert.Equal((1 + 1 + 1) / 3.0, Small.Figure(Figure.AreaUnderCurve)!.Value, 12);

    [Fact]
    public void Confusion_SmallExample_CountsAnswersByClass() => Assert.Equal(
        [[1, 0, 0], [1, 1, 0], [0, 0, 1]], ModelEvaluator.Evaluate(Small).Curves.Challenger["all"].Confusion.Select(row => row.ToArray()));

    [Fact]
    public void ByClass_SmallExample_SaysHowWellEachIsFound() => Assert.Equal(
        [new ClassFigures("None", 0.5, 1, 2 / 3.0, 1), new ClassFigures("Minor", 1, 0.5, 2 / 3.0, 1), new ClassFigures("Medium", 1, 1, 1, 1)],
        ModelEvaluator.Evaluate(Small).Curves.Challenger["all"].ByClass);

    [Fact]
    public void ByClass_ClassNeitherSeenNorAnswered_HasNoFigures() => Assert.Equal(
        new ClassFigures("Medium", null, null, null, null),
        ModelEvaluator.Evaluate(Input([0, 1], [0.7f, 0.2f, 0.1f, 0.1f, 0.8f, 0.1f])).Curves.Challenger["all"].ByClass[2]);

    [Fact]
    public void Evaluate_AnyModel_CountsClustersByClass()
    {
        PairedComparison comparison = Small.WithClusters([0, 0, 1, 1]).Compare("reference");

        Assert.Equal([1, 2, 1], comparison.Clusters);
        Assert.Equal(Small.Measure().Loss - comparison.OtherLoss, comparison.Difference, 12);
    }

    [Fact]
    public void Calibration_TruthfulModel_HoldsForEachClassAndADistortedOneBreaks()
    {
        EvaluationInput truthful = Drawn(20_000);
        EvaluationInput distorted = truthful with { Challenger = Evaluations.Model("distorted", Distorted(truthful.Challenger.Values()), 3) with { AssumedShares = Shares(truthful) } };
        GatePolicy policy = truthful.Policy;

        Blessing good = Gate.Judge(ModelEvaluator.Evaluate(truthful).Report, policy);
        Blessing bad = Gate.Judge(ModelEvaluator.Evaluate(distorted).Report, policy);

        Assert.Equal(["None", "Minor", "Medium"], ModelEvaluator.Evaluate(truthful).Report.Calibration.Select(found => found.Class));
        Assert.All(good.Reasons.Where(reason => reason.Rule.StartsWith("calibration", StringComparison.Ordinal)), reason => Assert.Equal(BlessingVerdict.Blessed, reason.Verdict));
        Assert.Contains(bad.Reasons, reason => reason.Rule.StartsWith("calibration", StringComparison.Ordinal) && reason.Verdict == BlessingVerdict.Refused);
    }

    [Fact]
    public void Evaluate_ClassMissingInTheHoldout_MeasuresTheOthers()
    {
        EvaluationReport report = ModelEvaluator.Evaluate(Input([0, 1, 0, 1], Small.Challenger.Values()) with { Policy = Evaluations.Policy with { Loss = "logLoss" } }).Report;

        Assert.Equal([2, 2, 0], report.Challenger.Slices["all"].ClassRows);
        Assert.Equal(["None", "Minor"], report.Calibration.Select(found => found.Class));
        Assert.Contains(Gate.Judge(report, new GatePolicy()).Reasons, reason => reason is { Rule: "calibration of class 'Medium'", Verdict: BlessingVerdict.Inconclusive });
    }

    [Theory]
    [InlineData(3, "expected the position of one of 3 classes")]
    [InlineData(0.5, "expected the position of one of 3 classes")]
    [InlineData(-1, "expected the position of one of 3 classes")]
    public void Evaluate_LabelThatIsNoClass_IsRefused(double label, string expected) => Assert.Contains(
        expected, Assert.Throws<ArgumentException>(() => ModelEvaluator.Evaluate(Input([0, 1, 1, label], Small.Challenger.Values()))).Message, StringComparison.Ordinal);

    [Fact]
    public void Evaluate_ProbabilitiesThatDoNotSumToOne_NameTheRow() => Assert.Contains(
        "the challenger's probabilities for Holdout row 1 sum to",
        Assert.Throws<ArgumentException>(() => ModelEvaluator.Evaluate(Input([0, 1], [0.7f, 0.2f, 0.1f, 0.5f, 0.1f, 0.1f]))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Evaluate_OneProbabilityForSeveralClasses_SaysHowManyAreExpected() => Assert.Contains(
        "answers 1 numbers a row; expected 3",
        Assert.Throws<ArgumentException>(() => ModelEvaluator.Evaluate(Small with { Challenger = Evaluations.Model("challenger", [0.1f, 0.1f, 0.1f, 0.1f]) })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Churn_AgainstTheChampion_SaysHowFarAnswersMoveAndHowManyDecisions()
    {
        ChurnEvidence churn = ModelEvaluator.Evaluate(Small.WithChampion([0.7f, 0.2f, 0.1f, 0.4f, 0.5f, 0.1f, 0.1f, 0.8f, 0.1f, 0.3f, 0.3f, 0.4f])).Report.Churn!;

        Assert.Equal(0.25, churn.DecisionsChanged);
        Assert.Equal(0.1, churn.AnswerShift, 6);
    }

    /// <summary>Rows whose classes are drawn from known probabilities, which the Challenger knows, under the plain log loss.</summary>
    internal static EvaluationInput Drawn(int rows)
    {
        SplitMix64 draws = new(5);
        List<float> answers = [];
        List<double> labels = [];
        for (int row = 0; row < rows; row++)
        {
            double first = 0.3 + (0.6 * draws.UniformAt((ulong)(2 * row)));
            double second = (1 - first) * 0.7;
            double drawn = draws.UniformAt((ulong)((2 * row) + 1));
            labels.Add(drawn < first ? 0 : drawn < first + second ? 1 : 2);
            answers.AddRange([(float)first, (float)second, (float)(1 - first - second)]);
        }

        EvaluationInput input = Input([.. labels], answers) with { Policy = Evaluations.Policy with { Loss = "logLoss" } };
        return input with { Challenger = input.Challenger with { AssumedShares = Shares(input) } };
    }

    private static System.Collections.Immutable.ImmutableArray<double> Shares(EvaluationInput input) =>
        [.. Enumerable.Range(0, 3).Select(position => (double)input.Holdout.Labels.Count(label => label == position) / input.Holdout.Count)];

    private static IEnumerable<float> Distorted(IEnumerable<float> answers) => answers.Chunk(3).SelectMany(answer =>
    {
        float sum = answer.Sum(probability => probability * probability * probability);
        return answer.Select(probability => probability * probability * probability / sum);
    });

    private static EvaluationInput Input(double[] labels, IEnumerable<float> answers) => Evaluations.Input(
        Target, labels, Evaluations.Model("challenger", answers, 3), Evaluations.Model("constant", labels.SelectMany(_ => new[] { 1 / 3f, 1 / 3f, 1 / 3f }), 3));
}
