using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.OnnxModels;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

/// <summary>Classes that count alike in training, and as often as they come in the answers.</summary>
public sealed class PriorCorrectionTests
{
    private static readonly Target Rare = new Target.Binary();
    private static readonly Target Classes = new Target.Multiclass { Classes = ["many", "some", "few"] };
    private static readonly ImmutableArray<double> Factors = [0.5, 2];

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string trainer in (string[])["lightGbm", "fastTree", "linear"])
        {
            cases.Add(trainer, "binary");
            cases.Add(trainer, "multiclass");
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Model_OfBalancedClasses_AnswersTheirTrueShares_WithParity(string trainer, string target)
    {
        Target predicts = target == "binary" ? Rare : Classes;
        float[][] features = Tables.Features(3000, seed: 1, holes: false);
        double[] labels = [.. features.Select((row, index) => Label(predicts, row[0] > 0, new Random(index).NextDouble()))];
        TrainedModel balanced = Train(Definition(trainer), predicts, features, labels, withTrueShares: false);
        TrainedModel corrected = Train(Definition(trainer), predicts, features, labels, withTrueShares: true);

        Answers answers = FragmentGraphs.Run(FragmentDocument.Read(FragmentDocument.Write(corrected.Fragment)), predicts, features);
        using INativeModel native = NativeModels.Load(KnownTrainers.All.For(corrected.Trainer), corrected.NativeModel, corrected.CorrectedFactors);
        ParityReport parity = ParityCheck.Compare(native.Predict(Tables.Batches(features)), answers, corrected.Fragment.Link.Parity);

        Assert.True(parity.Holds, $"largest difference {parity.MaximumDifference}");
        Assert.Equal(balanced.NativeModel, corrected.NativeModel);
        Assert.Empty(balanced.CorrectedFactors);
        Assert.Equal(predicts.ClassNames.Length, corrected.CorrectedFactors.Length);
        int last = predicts.ClassNames.Length - 1;
        double share = labels.Count(label => label == last) / (double)labels.Length;
        Assert.InRange(Mean(answers, predicts) / share, 0.85, 1.15);
        Assert.True(Mean(FragmentGraphs.Run(balanced.Fragment, predicts, features), predicts) > 2 * share, "a model that says the true share already shows nothing");
    }

    [Fact]
    public void Model_OfClassesAsTheyCome_IsNotCorrected()
    {
        float[][] features = Tables.Features(300, seed: 1, holes: false);
        double[] labels = [.. features.Select((_, row) => (double)(row % 2))];

        TrainedModel model = Train(new TrainerDefinition.LightGbm { Trees = 3, BalanceClasses = false }, Rare, features, labels, withTrueShares: true);

        Assert.Empty(model.CorrectedFactors);
        Assert.Equal(new ScoreLink.Logistic(1, 0), model.Fragment.Link);
    }

    [Fact]
    public void Without_Factors_TakesTheirLogarithmOff()
    {
        ScoreLink.Logistic logistic = Assert.IsType<ScoreLink.Logistic>(new ScoreLink.Logistic(2, 1).Without(Factors));
        ScoreLink.Softmax softmax = Assert.IsType<ScoreLink.Softmax>(new ScoreLink.Softmax().Without(Factors));

        Assert.Equal(2, logistic.Slope);
        Assert.Equal(1 - MathF.Log(4), logistic.Offset, 1e-6f);
        Assert.Equal([MathF.Log(2), -MathF.Log(2)], softmax.Offsets!.Value);
        Assert.Throws<NotSupportedException>(() => new ScoreLink.Identity().Without(Factors));
        Assert.Contains("link has an offset that is not finite", Assert.Throws<InvalidFragmentException>(() => new ScoreLink.Softmax { Offsets = [1, float.NaN] }.RequireSound()).Message, StringComparison.Ordinal);
    }

    private static double Mean(Answers answers, Target target) => Enumerable.Range(0, answers.Count).Average(row => answers.Of(row)[target.Width - 1]);

    private static TrainedModel Train(TrainerDefinition trainer, Target target, float[][] features, double[] labels, bool withTrueShares) =>
        new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(
            new TrainingOrder(target, trainer, Tables.Rows(features, labels)) { WithTrueShares = withTrueShares }, progress: null, TestContext.Current.CancellationToken);

    // The last class is rare, and twice as rare on one side of the first feature.
    private static double Label(Target target, bool isLikely, double draw) =>
        draw < (isLikely ? 0.12 : 0.06) ? target.ClassNames.Length - 1 : target.Width > 1 && draw < 0.35 ? 1 : 0;

    private static TrainerDefinition Definition(string trainer) => trainer switch
    {
        "lightGbm" => new TrainerDefinition.LightGbm { Trees = 60, Leaves = 4, MinimumRowsPerLeaf = 200 },
        "fastTree" => new TrainerDefinition.FastTree { Trees = 60, Leaves = 4, MinimumRowsPerLeaf = 200 },
        _ => new TrainerDefinition.Linear(),
    };
}
