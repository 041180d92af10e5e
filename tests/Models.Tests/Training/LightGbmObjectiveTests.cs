using System.Collections.Immutable;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.Training;
using Lifecycle.Training.LightGbm;
using Lifecycle.Training.Matrices;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

/// <summary>An objective and an option do what their documentation says.</summary>
public sealed class LightGbmObjectiveTests
{
    private static readonly Target Number = new Target.Regression();
    private static readonly Target Classes = new Target.Multiclass { Classes = ["common", "rare", "rarest"] };
    private static readonly TrainerDefinition.LightGbm Small = new() { Trees = 50, Leaves = 7, RowShare = 1, FeatureShare = 1 };
    private static readonly float[][] Rows = Tables.Features(3000, seed: 21, holes: false);

    // Skewed: mean, median and quantiles lie apart.
    private static readonly double[] Skewed = [.. Rows.Select((row, index) => Math.Exp(Tables.Signal(row, index, 21) * 1.5))];

    [Theory]
    [InlineData(TrainingObjective.Squared, null)]
    [InlineData(TrainingObjective.Poisson, null)]
    [InlineData(TrainingObjective.Tweedie, 1.5)]
    public void Objective_OfTheMean_SumsUpToTheLabels(TrainingObjective objective, double? parameter)
    {
        double[] answers = Answers(Small with { Objective = objective, ObjectiveParameter = parameter });

        Assert.InRange(answers.Sum() / Skewed.Sum(), 0.95, 1.05);
        Assert.True(objective == TrainingObjective.Squared || answers.All(answer => answer > 0));
    }

    [Fact]
    public void Gamma_IsOfRatios_WhoseMeanIsOne()
    {
        double[] answers = Answers(Small with { Objective = TrainingObjective.Gamma });

        Assert.InRange(answers.Zip(Skewed).Average(row => row.Second / row.First), 0.95, 1.05);
    }

    [Theory]
    [InlineData(TrainingObjective.Absolute, null, 0.5)]
    [InlineData(TrainingObjective.Quantile, 0.5, 0.5)]
    [InlineData(TrainingObjective.Quantile, 0.9, 0.9)]
    [InlineData(TrainingObjective.Quantile, 0.1, 0.1)]
    public void Objective_OfAQuantile_LeavesThatShareOfLabelsBelow(TrainingObjective objective, double? parameter, double share)
    {
        double[] answers = Answers(Small with { Objective = objective, ObjectiveParameter = parameter });

        Assert.InRange(answers.Zip(Skewed).Count(row => row.Second <= row.First) / (double)answers.Length, share - 0.04, share + 0.04);
    }

    [Fact]
    public void Huber_WithASmallerParameter_LiesNearerToTheMedian()
    {
        double near = Answers(Small with { Objective = TrainingObjective.Huber, ObjectiveParameter = 0.1 }).Average();
        double far = Answers(Small with { Objective = TrainingObjective.Huber, ObjectiveParameter = 1000 }).Average();

        Assert.True(near < far - 0.05, $"{near} {far}");
    }

    [Fact]
    public void Weights_OfSomeRowsRaised_DrawTheMeanTowardsThem()
    {
        double[] weights = [.. Skewed.Select(label => label > 2 ? 20.0 : 1)];
        double even = Answers(Small).Average();
        double drawn = Answers(Small, weights).Average();

        Assert.True(drawn > even * 1.2);
    }

    [Fact]
    public void BalanceClasses_OfRareClasses_RaisesTheirProbabilities()
    {
        double[] labels = [.. Rows.Select((row, index) => index % 50 == 0 ? 2.0 : index % 10 == 1 ? 1 : 0)];
        double[] balanced = MeanProbabilities(Small with { BalanceClasses = true });
        double[] asTheyAre = MeanProbabilities(Small with { BalanceClasses = false });

        Assert.InRange(asTheyAre[2], 0.01, 0.03);
        Assert.All(balanced, probability => Assert.InRange(probability, 0.2, 0.5));

        double[] MeanProbabilities(TrainerDefinition.LightGbm trainer)
        {
            double[] answers = Predict(Tables.Train(Classes, trainer with { Trees = 5 }, Tables.Rows(Rows, labels)));
            return [.. Enumerable.Range(0, 3).Select(of => answers.Where((_, i) => i % 3 == of).Average())];
        }
    }

    [Fact]
    public void BalanceClasses_IsTheSameAsWeightsOfThatSize()
    {
        double[] labels = [.. Rows.Select((row, _) => row[0] > 0.4 ? 2.0 : row[0] > 0 ? 1 : 0)];
        double[] sums = [.. Enumerable.Range(0, 3).Select(of => (double)labels.Count(label => label == of))];
        TrainedModel balanced = Tables.Train(Classes, Small, Tables.Rows(Rows, labels));
        TrainedModel weighted = Tables.Train(
            Classes, Small with { BalanceClasses = false }, Tables.Rows(Rows, labels, labels.Select(label => labels.Length / (3 * sums[(int)label]))));

        Assert.Equal(weighted.NativeModel, balanced.NativeModel);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Monotone_InAColumn_AnswersMoveInThatDirectionOnly(int direction)
    {
        // Noise about a wave: without the constraint, answers go up and down.
        double[] labels = [.. Rows.Select((row, index) => Math.Sin(row[0] * 12) + Tables.Signal(row, index, 3))];
        ImmutableArray<string> names = ["speed", "b", "c", "d", "e", "f"];
        TrainedModel bound = Tables.Train(
            Number, Small with { Monotone = ImmutableSortedDictionary<string, int>.Empty.Add("speed", direction) }, Tables.Rows(Rows, labels), names: names);
        TrainedModel free = Tables.Train(Number, Small, Tables.Rows(Rows, labels), names: names);

        Assert.True(IsMonotone(bound, direction));
        Assert.False(IsMonotone(free, direction));
    }

    [Fact]
    public void EarlyStopping_OnNoise_KeepsTheRoundWithTheSmallestLoss()
    {
        TrainingRows training = Tables.Rows(Rows, Skewed);
        float[][] held = Tables.Features(1000, seed: 22, holes: false);
        double[] heldLabels = [.. held.Select((row, index) => Math.Exp(Tables.Signal(row, index, 22) * 1.5))];
        TrainerDefinition.LightGbm eager = Small with { Trees = 400, Leaves = 31, LearningRate = 0.5, EarlyStopping = 10 };

        TreeEnsemble kept = (TreeEnsemble)Tables.Train(Number, eager, training, Tables.Rows(held, heldLabels)).Fragment;
        double[] losses = [.. Enumerable.Range(1, kept.Trees.Length + 9).Select(trees => Loss(eager with { Trees = trees, EarlyStopping = null }))];

        Assert.InRange(kept.Trees.Length, 2, 389);
        Assert.Equal(kept.Trees.Length, 1 + Array.IndexOf(losses, losses.Min()));

        double Loss(TrainerDefinition.LightGbm trainer)
        {
            using INativeModel model = KnownTrainers.All.For(trainer).Load(Tables.Train(Number, trainer, Tables.Rows(Rows, Skewed)).NativeModel);
            return Tables.Batches(held).SelectMany(model.Predict).Zip(heldLabels).Average(row => Math.Pow(row.First - row.Second, 2));
        }
    }

    [Fact]
    public void EarlyStopping_LossesInARow_WaitForPatience()
    {
        EarlyStopping stopping = new(patience: 2);

        double[] losses = [5, 3, 4, 2.9, 3, 2.9];

        Assert.Equal([false, false, false, false, false, true], losses.Select((loss, index) => stopping.IsDone(index + 1, loss)));
        Assert.Equal(4, stopping.Best);
    }

    [Fact]
    public void EarlyStopping_LossThatIsNoNumber_IsRefused() =>
        Assert.Contains("is NaN after 3 trees", Assert.Throws<UntrainableException>(() => new EarlyStopping(2).IsDone(3, double.NaN)).Message, StringComparison.Ordinal);

    [Fact]
    public void Matrix_DenseOrSparse_GivesTheSameTrees()
    {
        // Half of the first batch decides the form: put rows full of zeros first, or last.
        float[][] zeros = [.. Enumerable.Range(0, 256).Select(_ => new float[Tables.FeatureCount])];
        float[] all = [.. zeros.Concat(Rows).SelectMany(row => row)];

        FeatureMatrix sparse = FeatureMatrix.Of(Tables.Batches([.. zeros, .. Rows]), Rows.Length + 256, Tables.FeatureCount);
        FeatureMatrix dense = FeatureMatrix.Of(Tables.Batches([.. Rows]), Rows.Length, Tables.FeatureCount);

        Assert.IsType<SparseRows>(sparse);
        Assert.IsType<DenseRows>(dense);
        Assert.Equal(Grow(sparse), Grow(new DenseRows(all, Tables.FeatureCount)));
        float[] row = new float[Tables.FeatureCount];
        sparse.CopyTo(256 + 17, row);
        Assert.Equal(Rows[17], row);
        dense.CopyTo(17, row);
        Assert.Equal(Rows[17], row);
    }

    [Fact]
    public void Matrix_OfOtherRowsThanLabels_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => FeatureMatrix.Of(Tables.Batches(Rows), Rows.Length - 1, Tables.FeatureCount));
        Assert.Throws<ArgumentException>(() => FeatureMatrix.Of(Tables.Batches(Rows), Rows.Length + 1, Tables.FeatureCount));
    }

    private static byte[] Grow(FeatureMatrix rows)
    {
        string parameters = Parameters.Of(Small with { Objective = TrainingObjective.Squared }, width: 1, [], raisesRare: false);
        using BinnedRows binned = new(rows, [.. Enumerable.Range(0, rows.RowCount).Select(row => (float)(row % 97))], [], parameters);
        using Booster booster = Booster.Begin(binned, validation: null, parameters);
        for (int tree = 0; tree < 10 && booster.Grow(); tree++)
        {
        }

        return booster.Save();
    }

    private static double[] Answers(TrainerDefinition.LightGbm trainer, IEnumerable<double>? weights = null) => Predict(Tables.Train(Number, trainer, Tables.Rows(Rows, Skewed, weights)));

    private static double[] Predict(TrainedModel model)
    {
        using INativeModel native = KnownTrainers.All.For(model.Trainer).Load(model.NativeModel);
        return [.. Tables.Batches(Rows).SelectMany(native.Predict)];
    }

    private static bool IsMonotone(TrainedModel model, int direction)
    {
        float[][] walk = [.. Enumerable.Range(0, 200).Select(step => (float[])[-0.5f + (step / 200f), .. Rows[5][1..]])];
        using INativeModel native = KnownTrainers.All.For(model.Trainer).Load(model.NativeModel);
        double[] answers = [.. Tables.Batches(walk).SelectMany(native.Predict)];
        return answers.Zip(answers.Skip(1)).All(step => direction * (step.Second - step.First) >= 0);
    }
}
