using System.Collections.Immutable;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

/// <summary>What nothing can be learnt from is refused in one sentence, before a library sees it.</summary>
public sealed class TrainingDemandsTests
{
    private static readonly Target Binary = new Target.Binary();
    private static readonly Target Classes = new Target.Multiclass { Classes = ["None", "Minor", "Medium"] };
    private static readonly Target Number = new Target.Regression();
    private static readonly float[][] Features = Tables.Features(6, seed: 1, holes: false);

    public static TheoryData<Target, TrainerDefinition.LightGbm, double[], double[], string> Unlearnable => new()
    {
        { Binary, new(), [1, 1, 1, 1, 1, 1], [], "none of the 6 training rows is of class '0'; expected rows of each class (0, 1)" },
        { Classes, new(), [0, 1, 0, 1, 0, 1], [], "is of class 'Medium'" },
        { Classes, new(), [0, 1, 2, 3, 0, 1], [], "training row 3 has label 3; expected the number of a class, 0 to 2" },
        { Classes, new(), [0, 1, 2, 0.5, 0, 1], [], "training row 3 has label 0.5" },
        { Binary, new(), [0, 1, double.NaN, 1, 0, 1], [], "training row 2 has label NaN" },
        { Number, new(), [5, 5, 5, 5, 5, 5], [], "all 6 training rows have label 5; expected labels that differ" },
        { Number, new(), [1, 2, double.NaN, 4, 5, 6], [], "training row 2 has label NaN; expected a finite number" },
        { Number, new(), [1, 2, 3, double.PositiveInfinity, 5, 6], [], "training row 3 has label Infinity" },
        { Number, new(), [1, 2, 3, 4, 1e308, 6], [], "training row 4 has label 1E+308" },
        { Number, new() { Objective = TrainingObjective.Poisson }, [1, 2, 3, -4, 5, 6], [], "training row 3 has label -4, which objective poisson cannot learn; expected labels at least 0" },
        { Number, new() { Objective = TrainingObjective.Tweedie }, [1, -2, 3, 4, 5, 6], [], "training row 1 has label -2, which objective tweedie" },
        { Number, new() { Objective = TrainingObjective.Gamma }, [1, 2, 3, 4, 0, 6], [], "training row 4 has label 0, which objective gamma cannot learn; expected labels above 0, or another objective, such as tweedie" },
        { Number, new() { Objective = TrainingObjective.Gamma }, [1, 2, 3, 4, 1e-60, 6], [], "training row 4 has label 0, which objective gamma" },
        { Number, new() { Objective = TrainingObjective.Multiclass }, [1, 2, 3, 4, 5, 6], [], "objective is multiclass" },
        { Number, new() { Objective = TrainingObjective.Quantile }, [1, 2, 3, 4, 5, 6], [], "objectiveParameter of objective quantile is missing" },
        { Number, new() { Trees = 0 }, [1, 2, 3, 4, 5, 6], [], "trees is 0; expected at least 1" },
        { Number, new(), [1, 2, 3, 4, 5, 6], [1, 1, 1, 0, 1, 1], "training row 3 has weight 0; expected a finite number above zero" },
        { Number, new(), [1, 2, 3, 4, 5, 6], [1, 1, -1, 1, 1, 1], "training row 2 has weight -1" },
        { Number, new(), [1, 2, 3, 4, 5, 6], [1, double.NaN, 1, 1, 1, 1], "training row 1 has weight NaN" },
        { Number, new(), [1, 2, 3, 4, 5, 6], [double.PositiveInfinity, 1, 1, 1, 1, 1], "training row 0 has weight Infinity" },
        { Number, new(), [1, 2, 3, 4, 5, 6], [1, 1], "6 training rows and 2 weights" },
        { Number, new() { Monotone = Up("speed") }, [1, 2, 3, 4, 5, 6], [], "monotone names 'speed', but no feature is its number; expected a number, integer or boolean column with a numeric transform" },
        { Number, new() { Monotone = Up("a").SetItem("a", 2) }, [1, 2, 3, 4, 5, 6], [], "monotone gives 'a' the direction 2" },
        { Number, new() { Monotone = Up("a"), Objective = TrainingObjective.Absolute }, [1, 2, 3, 4, 5, 6], [], "monotone does not go with objective absolute" },
        { Classes, new() { Monotone = Up("a") }, [0, 1, 2, 0, 1, 2], [], "monotone does not go with objective multiclass" },
    };

    [Theory]
    [MemberData(nameof(Unlearnable))]
    public void Train_WhatCannotBeLearnt_SaysWhatWasFoundAndExpected(Target target, TrainerDefinition.LightGbm trainer, double[] labels, double[] weights, string sentence)
    {
        UntrainableException refused = Assert.Throws<UntrainableException>(
            () => Tables.Train(target, trainer, Tables.Rows(Features, labels, weights), names: ["a", "b", "c", "d", "e", "f"]));

        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_NoRows_IsRefused() => Assert.Contains(
        "there are no training rows",
        Assert.Throws<UntrainableException>(() => Tables.Train(Number, new TrainerDefinition.LightGbm(), new TrainingRows(3, [], []))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Train_InfiniteFeature_IsNamedWithItsRow()
    {
        float[][] features = Tables.Features(300, seed: 1, holes: false);
        features[260][1] = float.NegativeInfinity;

        Assert.Contains("feature 'speed' of training row 260 is infinite", Refusal(["a", "speed"]), StringComparison.Ordinal);
        Assert.Contains("feature 1 of training row 260 is infinite", Refusal([]), StringComparison.Ordinal);

        string Refusal(ImmutableArray<string> names) => Assert.Throws<UntrainableException>(
            () => Tables.Train(Number, new TrainerDefinition.LightGbm(), Tables.Rows(features, features.Select(row => (double)row[0])), names: names)).Message;
    }

    [Fact]
    public void Train_InfiniteEntryOfSparseRows_IsNamedWithItsRow()
    {
        float[][] features = [.. Enumerable.Range(0, 40).Select(row => new[] { 0, 0, row == 31 ? float.PositiveInfinity : 0f, row % 2 })];

        Assert.Contains("feature 2 of training row 31 is infinite", Assert.Throws<UntrainableException>(
            () => Tables.Train(Number, new TrainerDefinition.LightGbm(), Tables.Rows(features, features.Select((_, row) => (double)row)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN, "validation row 1 has label NaN")]
    [InlineData(-1, "validation row 1 has label -1, which objective poisson")]
    public void Train_ValidationRowThatCannotBe_IsNamed(double label, string sentence)
    {
        TrainerDefinition.LightGbm trainer = new() { Objective = TrainingObjective.Poisson, EarlyStopping = 3 };

        Assert.Contains(sentence, Assert.Throws<UntrainableException>(() => Tables.Train(
            Number, trainer, Tables.Rows(Features, [1, 2, 3, 4, 5, 6]), Tables.Rows(Features, [1, label, 3, 4, 5, 6]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_MoreFeaturesThanRows_Learns()
    {
        Random random = new(4);
        float[][] wide = [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, 200).Select(_ => (float)random.NextDouble()).ToArray())];

        TrainedModel model = Tables.Train(Number, new TrainerDefinition.LightGbm { MinimumRowsPerLeaf = 3 }, Tables.Rows(wide, wide.Select(row => (double)row[7])));

        Assert.Equal(200, model.Fragment.FeatureCount);
    }

    private static ImmutableSortedDictionary<string, int> Up(string column) => ImmutableSortedDictionary<string, int>.Empty.Add(column, 1);
}
