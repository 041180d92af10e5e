using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Tests.Training;

public sealed class ObjectiveRulesTests
{
    private static readonly Target Binary = new Target.Binary();
    private static readonly Target Multiclass = new Target.Multiclass { Classes = ["a", "b"] };
    private static readonly Target Regression = new Target.Regression();

    [Fact]
    public void Choose_WithoutAnObjective_TakesTheOneOfTheAnswer()
    {
        Assert.Equal(TrainingObjective.Binary, ObjectiveRules.Choose(Binary, null));
        Assert.Equal(TrainingObjective.Multiclass, ObjectiveRules.Choose(Multiclass, null));
        Assert.Equal(TrainingObjective.Squared, ObjectiveRules.Choose(Regression, null));
        Assert.Equal(TrainingObjective.Gamma, ObjectiveRules.Choose(Regression, TrainingObjective.Gamma));
    }

    [Fact]
    public void Conflict_OfEachObjective_IsWithAllTargetsButThoseThatItAnswers()
    {
        foreach (TrainingObjective objective in Enum.GetValues<TrainingObjective>())
        {
            double? parameter = objective switch { TrainingObjective.Huber => 3, TrainingObjective.Quantile => 0.9, _ => null };
            Target[] fitting = [.. new[] { Binary, Multiclass, Regression }.Where(target => ObjectiveRules.Conflict(target, objective, parameter) is null)];

            Assert.Equal(objective switch { TrainingObjective.Binary => Binary, TrainingObjective.Multiclass => Multiclass, _ => Regression }, Assert.Single(fitting));
        }
    }

    [Theory]
    [InlineData(TrainingObjective.Huber, null, "objectiveParameter of objective huber is missing")]
    [InlineData(TrainingObjective.Huber, 0.0, "is 0; expected the error")]
    [InlineData(TrainingObjective.Huber, double.NaN, "is NaN; expected the error")]
    [InlineData(TrainingObjective.Quantile, null, "objectiveParameter of objective quantile is missing")]
    [InlineData(TrainingObjective.Quantile, 1.0, "a number between 0 and 1")]
    [InlineData(TrainingObjective.Tweedie, 1.0, "a number between 1 and 2")]
    [InlineData(TrainingObjective.Tweedie, 2.0, "a number between 1 and 2")]
    [InlineData(TrainingObjective.Squared, 1.5, "objectiveParameter is 1.5, but objective squared has no parameter; leave it out")]
    public void Conflict_OfAParameter_SaysWhatWasExpected(TrainingObjective objective, double? parameter, string sentence) =>
        Assert.Contains(sentence, ObjectiveRules.Conflict(Regression, objective, parameter), StringComparison.Ordinal);

    [Fact]
    public void Conflict_WithATarget_NamesTheObjectivesThatFit() => Assert.Equal(
        "objective is poisson, whose models answer with a number, but the target asks for a probability for each class; expected multiclass",
        ObjectiveRules.Conflict(Multiclass, TrainingObjective.Poisson, null));

    [Fact]
    public void Parameter_OfTweedie_IsOneAndAHalfUnlessGiven()
    {
        Assert.Equal(1.5, ObjectiveRules.Parameter(TrainingObjective.Tweedie, null));
        Assert.Equal(1.2, ObjectiveRules.Parameter(TrainingObjective.Tweedie, 1.2));
        Assert.Null(ObjectiveRules.Parameter(TrainingObjective.Squared, null));
        Assert.Null(ObjectiveRules.Conflict(Regression, TrainingObjective.Tweedie, null));
    }

    [Theory]
    [InlineData(TrainingObjective.Poisson, -1, false)]
    [InlineData(TrainingObjective.Poisson, 0, true)]
    [InlineData(TrainingObjective.Tweedie, -0.1, false)]
    [InlineData(TrainingObjective.Tweedie, 0, true)]
    [InlineData(TrainingObjective.Gamma, 0, false)]
    [InlineData(TrainingObjective.Gamma, 0.1, true)]
    [InlineData(TrainingObjective.Squared, -5, true)]
    public void ConflictOfLabel_ByObjective_IsWithLabelsOutsideItsRange(TrainingObjective objective, double label, bool fits) =>
        Assert.Equal(fits, ObjectiveRules.ConflictOfLabel(objective, label) is null);
}
