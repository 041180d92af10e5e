using System.Text.Json;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Tests.Schemas;

public sealed class DecisionRuleTests
{
    private static readonly DecisionRule ByCosts = new() { Costs = new() { FalsePositive = 1, FalseNegative = 5 } };
    private static readonly Target.Binary Spam = new() { Label = "spam", Positive = "yes", Negative = "no" };

    [Fact]
    public void From_Costs_IsWhereBothMistakesCostTheSame()
    {
        Assert.Equal(1 / 6.0, ByCosts.From, 12);
        Assert.Equal(0.5, new DecisionRule { Costs = new() }.From);
        Assert.Equal(0.7, new DecisionRule { Threshold = 0.7 }.From);
    }

    [Theory]
    [InlineData(0.69999f, "no")]
    [InlineData(0.7f, "yes")]
    [InlineData(1f, "yes")]
    public void Prediction_OfATargetThatDecides_SaysForWhat(float probability, string decision)
    {
        Prediction answer = Prediction.Of(Spam with { Decision = new() { Threshold = 0.7 } }, [probability]);

        Assert.Equal(decision, Assert.IsType<Prediction.OfPositive>(answer).Decision);
        Assert.EndsWith($"\"decision\":\"{decision}\"}}", JsonSerializer.Serialize(answer, DomainJson.Compact), StringComparison.Ordinal);
    }

    [Fact]
    public void Target_WithoutADecision_IsWrittenAsBefore() => Assert.Equal(
        """{"type":"binary","positive":"yes","negative":"no","label":"spam"}""", JsonSerializer.Serialize<Target>(Spam, DomainJson.Compact));

    [Fact]
    public void Target_WithCosts_ComesBack()
    {
        Target target = Spam with { Decision = ByCosts };

        Assert.Equal(target, JsonSerializer.Deserialize<Target>(JsonSerializer.Serialize(target, DomainJson.Compact), DomainJson.Compact));
    }

    [Fact]
    public void AnswersLike_OtherLabelAndDecision_IsTheSameAnswer()
    {
        Target champion = Spam with { Label = "was_spam", Decision = ByCosts };

        Assert.True(Spam.AnswersLike(champion));
        Assert.False(Spam.AnswersLike(Spam with { Positive = "true" }));
        Assert.False(Spam.AnswersLike(new Target.Regression { Label = "spam" }));
    }
}
