using Lifecycle.Domain.Backtests;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Tests.Evaluation;

namespace Lifecycle.Domain.Tests.Backtests;

public sealed class ShuffledLabelsTests
{
    [Theory]
    [InlineData(-0.01, 0.02)]
    [InlineData(-0.02, 0)]
    [InlineData(0.01, 0.02)]
    public void Judge_NoBetterThanAConstant_HasLearntNothing(double lower, double upper)
    {
        (BacktestOutcome outcome, string sentence) = Judge(lower, upper);

        Assert.Equal(BacktestOutcome.NothingLearnt, outcome);
        Assert.EndsWith("It has learnt nothing that helps, as it must.", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_BetterThanAConstant_SaysThatLabelsLeak()
    {
        (BacktestOutcome outcome, string sentence) = Judge(-0.31, -0.27);

        Assert.Equal(BacktestOutcome.LabelsLeak, outcome);
        Assert.StartsWith(
            "Trained on shuffled labels, the model's balanced log loss on 'new' is 0.4000 against the 0.6900 of a constant: difference −0.2900, 95% interval [−0.3100, −0.2700], AUC 0.900. That cannot be learnt from such labels",
            sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_SliceWithoutRows_IsInconclusive() =>
        Assert.Equal(BacktestOutcome.Inconclusive, ShuffledLabels.Judge(Reports.First.Without("reference", Reports.Slice), Reports.Slice).Outcome);

    private static (BacktestOutcome Outcome, string Sentence) Judge(double lower, double upper) =>
        ShuffledLabels.Judge(Reports.First.With(Reports.Compared("reference", Reports.Slice, (lower + upper) / 2, lower, upper, 0.69)), Reports.Slice);
}
