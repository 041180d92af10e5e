using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Tests.Models;

/// <summary>A trainer that learns means under a gate of medians, and the reverse.</summary>
public sealed class ObjectiveMismatchTests
{
    [Theory]
    [InlineData(null, null, "means", "medians")]
    [InlineData(TrainingObjective.Poisson, "absolute", "means", "medians")]
    [InlineData(TrainingObjective.Absolute, "squared", "medians", "means")]
    [InlineData(TrainingObjective.Absolute, "tweedie(1.5)", "medians", "means")]
    [InlineData(TrainingObjective.Absolute, "pinball(0.9)", "medians", "quantiles at 0.9")]
    [InlineData(TrainingObjective.Squared, "pinball(0.9)", "means", "quantiles at 0.9")]
    public void Of_OtherStatisticThanTheLossAsksFor_SaysBoth(TrainingObjective? objective, string? loss, string learnt, string asked)
    {
        ObjectiveMismatch mismatch = ObjectiveMismatch.Of(Definition(new TrainerDefinition.LightGbm { Objective = objective }, loss))!;

        Assert.Equal((learnt, asked), (mismatch.Learnt, mismatch.Asked));
        Assert.Contains($"'trainer' learns {learnt}, but 'gate.loss' is {loss ?? "absolute"}, which asks for {asked}", mismatch.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TrainingObjective.Absolute, "absolute")]
    [InlineData(TrainingObjective.Huber, "absolute")]
    [InlineData(TrainingObjective.Squared, "huber(1)")]
    [InlineData(TrainingObjective.Gamma, "squared")]
    [InlineData(TrainingObjective.Squared, "poisson")]
    public void Of_WhatTheLossAsksForOrNearIt_IsNothing(TrainingObjective objective, string loss) =>
        Assert.Null(ObjectiveMismatch.Of(Definition(new TrainerDefinition.LightGbm { Objective = objective, ObjectiveParameter = 1 }, loss)));

    [Fact]
    public void Of_QuantileOfTheSameLevel_IsNothing()
    {
        TrainerDefinition trainer = new TrainerDefinition.LightGbm { Objective = TrainingObjective.Quantile, ObjectiveParameter = 0.9 };

        Assert.Null(ObjectiveMismatch.Of(Definition(trainer, "pinball(0.9)")));
        Assert.NotNull(ObjectiveMismatch.Of(Definition(trainer, "absolute")));
    }

    [Fact]
    public void Of_ClassesOrATrainerThatDoesNotSay_IsNothing()
    {
        Assert.Null(ObjectiveMismatch.Of(Definition(new TrainerDefinition.LightGbm(), loss: null) with { Target = new Target.Binary() }));
        Assert.Null(ObjectiveMismatch.Of(Definition(new Silent(), "absolute")));
    }

    private static ModelDefinition Definition(TrainerDefinition trainer, string? loss) => new()
    {
        Name = "scratch",
        Owner = "tests",
        Description = "A scratch.",
        Source = new() { Sql = "snapshot.sql" },
        Contract = new DataContract(),
        Features = new() { Key = "id" },
        Target = new Target.Regression(),
        Trainer = trainer,
        Gate = new GatePolicy { Loss = loss },
    };

    private sealed record Silent : TrainerDefinition
    {
        public override string Sentence => "says nothing";
    }
}
