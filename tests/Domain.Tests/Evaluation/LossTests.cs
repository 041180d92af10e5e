using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Tests.Evaluation;

public sealed class LossTests
{
    private static readonly Target.Binary TwoClasses = new();
    private static readonly Target.Multiclass ThreeClasses = new() { Classes = ["a", "b", "c"] };
    private static readonly Target.Regression Number = new();

    [Theory]
    [InlineData("tweedie(1.5)", 0, 2, 5.656854249)]
    [InlineData("tweedie(1.5)", 3, 2, 0.285729163)]
    [InlineData("tweedie(1.5)", 2, 2, 0)]
    [InlineData("poisson", 0, 2, 4)]
    [InlineData("poisson", 3, 2, 0.432790649)]
    [InlineData("gamma", 3, 2, 0.189069784)]
    [InlineData("pinball(0.9)", 10, 7, 2.7)]
    [InlineData("pinball(0.9)", 10, 12, 0.2)]
    [InlineData("huber(1)", 0.5, 0, 0.125)]
    [InlineData("huber(1)", 3, 0, 2.5)]
    [InlineData("absolute", 3, 5, 2)]
    [InlineData("squared", 3, 5, 4)]
    public void Of_ReferenceRow_IsTheReferenceNumber(string text, double label, float prediction, double expected)
    {
        double loss = Loss.Parse(text).Of(new Answers(1, [prediction]), [label])[0];

        Assert.Equal(expected, loss, 8);
    }

    [Fact]
    public void Of_ReferenceRowsOfSeveralClasses_IsTheReferenceNumber() =>
        Assert.Equal(0.289909248, Loss.Parse("logLoss").Of(new Answers(3, [0.7f, 0.2f, 0.1f, 0.1f, 0.8f, 0.1f]), [0, 1]).Average(), 7);

    [Fact]
    public void Of_ProbabilityOfTheSecondClass_IsTheOneGivenToWhatHappened() =>
        Assert.Equal([-Math.Log(0.75), -Math.Log(0.25)], Loss.Parse("balancedLogLoss").Of(new Answers(1, [0.75f, 0.75f]), [1, 0]));

    [Fact]
    public void Of_CertainAndWrong_IsFinite() => Assert.Equal(-Math.Log(1e-7), Loss.Parse("logLoss").Of(new Answers(1, [0f]), [1])[0]);

    [Theory]
    [InlineData("poisson")]
    [InlineData("tweedie(1.1)")]
    [InlineData("tweedie(1.9)")]
    public void Of_PredictionOfZeroOrLess_IsFlooredAtAMillionthOfTheMeanLabel(string text)
    {
        Loss loss = Loss.Parse(text);
        double[] labels = [0, 4, 8];

        Assert.Equal(4e-6, loss.FloorFor(labels)!.Value, 12);
        Assert.Equal(loss.Of(new Answers(1, [4e-6f, 4e-6f, 4e-6f]), labels), loss.Of(new Answers(1, [0, -3, float.MinValue]), labels), (one, other) => Math.Abs(one - other) < 1e-6 * Math.Abs(one));
        Assert.All(loss.Of(new Answers(1, [0, 0]), [0, 0]), value => Assert.Equal(0, value));
    }

    [Fact]
    public void FloorFor_LossesThatStayFinite_IsNone() => Assert.All(
        ["absolute", "squared", "huber(2)", "pinball(0.1)", "logLoss"], text => Assert.Null(Loss.Parse(text).FloorFor([1, 2])));

    [Theory]
    [InlineData("poisson", -1, true)]
    [InlineData("poisson", 0, false)]
    [InlineData("tweedie(1.5)", -0.1, true)]
    [InlineData("gamma", 0, true)]
    [InlineData("gamma", 0.1, false)]
    [InlineData("squared", -5, false)]
    public void ProblemWith_Label_SaysWhatTheLossAsks(string text, double label, bool isRefused) =>
        Assert.Equal(isRefused, Loss.Parse(text).ProblemWith(label) is not null);

    [Theory]
    [InlineData("tweedie(1)", "a p between 1 and 2")]
    [InlineData("tweedie(2)", "a p between 1 and 2")]
    [InlineData("pinball(1)", "an α between 0 and 1")]
    [InlineData("pinball(NaN)", "an α between 0 and 1")]
    [InlineData("huber(0)", "a δ above 0")]
    [InlineData("huber(1,5)", "a δ above 0")]
    [InlineData("huber", "a δ above 0")]
    [InlineData("absolute(1)", "absolute takes no number")]
    [InlineData("Absolute", "expected one of absolute, squared")]
    [InlineData("", "expected one of absolute, squared")]
    public void Parse_NoLoss_SaysWhatIsExpected(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Loss.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("absolute", "medians", false)]
    [InlineData("squared", "means", false)]
    [InlineData("huber(1.5)", "centres between median and mean", false)]
    [InlineData("pinball(0.9)", "quantiles at 0.9", false)]
    [InlineData("poisson", "means", false)]
    [InlineData("gamma", "means", false)]
    [InlineData("tweedie(1.5)", "means", false)]
    [InlineData("logLoss", "probabilities", false)]
    [InlineData("balancedLogLoss", "probabilities", true)]
    public void Parse_EachLoss_SaysWhatItElicitsAndWritesItself(string text, string elicits, bool isBalanced)
    {
        Loss loss = Loss.Parse(text);

        Assert.Equal((text, elicits, isBalanced), (loss.Text, loss.Elicits.Sentence, loss.IsBalanced));
        Assert.Equal(elicits != "probabilities", loss.Fits(Number));
        Assert.Equal(elicits == "probabilities", loss.Fits(TwoClasses) && loss.Fits(ThreeClasses));
    }

    [Fact]
    public void DefaultFor_Targets_IsBalancedForClassesAndAbsoluteForNumbers() => Assert.Equal(
        ["balancedLogLoss", "balancedLogLoss", "absolute"],
        new Target[] { TwoClasses, ThreeClasses, Number }.Select(target => Loss.DefaultFor(target).Text));
}
