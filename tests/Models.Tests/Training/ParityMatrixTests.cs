using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.OnnxModels;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

/// <summary>Every objective in every shape of training: the exported graph says what LightGBM says, of each row, and twice the same.</summary>
public sealed class ParityMatrixTests
{
    private const int TrainingCount = 1200;
    private const int HoldoutCount = 700;

    private static readonly TrainerDefinition.LightGbm Many = new() { Trees = 60, Leaves = 31, MinimumRowsPerLeaf = 5, FeatureShare = 0.8 };

    public enum Shape
    {
        FewLeaves,
        ManyLeaves,
        Weights,
        Holes,
        EarlyStopping,
        LargeLabels,
    }

    public static TheoryData<string, Shape> Matrix()
    {
        TheoryData<string, Shape> matrix = [];
        string[] objectives = ["Binary", "Multiclass 2", "Multiclass 3", "Multiclass 4", "Multiclass 5", "Squared", "Absolute", "Huber", "Quantile", "Poisson", "Gamma", "Tweedie"];
        foreach (string objective in objectives)
        {
            foreach (Shape shape in Enum.GetValues<Shape>().Where(shape => shape != Shape.LargeLabels || !IsOfClasses(objective)))
            {
                matrix.Add(objective, shape);
            }
        }

        return matrix;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Graph_OfAnObjectiveInAShape_SaysWhatLightGbmSays(string objective, Shape shape)
    {
        (Target target, TrainerDefinition.LightGbm trainer) = Definition(objective, shape);
        TrainedModel model = Train(target, trainer, shape);
        float[][] holdout = Tables.Features(HoldoutCount, seed: 3, holes: true);

        using INativeModel native = KnownTrainers.All.For(model.Trainer).Load(model.NativeModel);
        Answers expected = native.Predict(Tables.Batches(holdout));
        Answers found = FragmentGraphs.Run(model.Fragment, target, holdout, out string[] labels);
        ParityReport parity = ParityCheck.Compare(expected, found, model.Fragment.Link.Parity);

        Assert.True(parity.Holds, $"largest difference {parity.MaximumDifference}");
        Assert.Equal(HoldoutCount, parity.RowCount);
        Assert.True(expected.Values.Distinct().Count() > 10, "a model that says the same of each row shows nothing");
        Assert.Equal(target.Width > 1 ? Enumerable.Range(0, HoldoutCount).Select(row => target.ClassNames[Likeliest(found.Of(row))]) : [], labels);
        AssertScores(model.Fragment, native, holdout);

        TrainedModel again = Train(target, trainer, shape);
        Assert.Equal(model.NativeModel, again.NativeModel);
        Assert.Equal(FragmentDocument.Write(model.Fragment), FragmentDocument.Write(again.Fragment));
        Assert.Equal(FragmentGraphs.Compose(model.Fragment, target), FragmentGraphs.Compose(FragmentDocument.Read(FragmentDocument.Write(model.Fragment)), target));
    }

    // The raw scores behind LightGBM's answers, which are doubles; those of classes up to what all of a row have in common.
    private static void AssertScores(ModelFragment fragment, INativeModel native, float[][] holdout)
    {
        int width = fragment.ScoreCount;
        ModelFragment bare = fragment with { Link = new ScoreLink.Identity() };
        Target any = width > 1 ? Classes(width) : new Target.Regression();
        ImmutableArray<float> found = FragmentGraphs.Run(bare, any, holdout).Values;
        double[] answers = [.. Tables.Batches(holdout).SelectMany(native.Predict)];
        double scale = fragment.Link is ScoreLink.Identity ? Math.Sqrt(answers.Average(answer => answer * answer)) : 1;
        for (int i = 0; i < answers.Length; i++)
        {
            int first = i - (i % width);
            (double expected, double score) = fragment.Link switch
            {
                ScoreLink.Logistic => (Math.Log(answers[i] / (1 - answers[i])), found[i]),
                ScoreLink.Softmax => (Math.Log(answers[i] / answers[first]), (double)found[i] - found[first]),
                ScoreLink.Exponential => (Math.Log(answers[i]), found[i]),
                _ => (answers[i], found[i]),
            };
            Assert.InRange(Math.Abs(score - expected) / Math.Max(Math.Max(1, scale), Math.Abs(expected)), 0, 1e-5);
        }
    }

    private static TrainedModel Train(Target target, TrainerDefinition.LightGbm trainer, Shape shape)
    {
        float[][] rows = Tables.Features(TrainingCount, seed: 1, holes: shape == Shape.Holes);
        float[][] held = Tables.Features(400, seed: 2, holes: shape == Shape.Holes);
        return Tables.Train(
            target, trainer,
            Tables.Rows(rows, Labels(rows, 1), shape == Shape.Weights ? rows.Select((_, row) => 0.2 + (row % 7)) : null),
            trainer.EarlyStopping is null ? null : Tables.Rows(held, Labels(held, 2)));

        IEnumerable<double> Labels(float[][] of, int seed) => of.Select((row, index) => Label(target, trainer.Objective!.Value, shape, Tables.Signal(row, index, seed)));
    }

    private static double Label(Target target, TrainingObjective objective, Shape shape, double signal) => objective switch
    {
        TrainingObjective.Binary => signal > 0 ? 1 : 0,
        TrainingObjective.Multiclass => Math.Clamp((int)Math.Floor((signal + 2) / 4 * target.Width), 0, target.Width - 1),
        TrainingObjective.Poisson => Math.Floor(Math.Exp(signal)) * (shape == Shape.LargeLabels ? 1e6 : 1),
        TrainingObjective.Gamma => Math.Exp(2 * signal) * (shape == Shape.LargeLabels ? 1e9 : 1),
        TrainingObjective.Tweedie => (signal < 0 ? 0 : Math.Exp(2 * signal)) * (shape == Shape.LargeLabels ? 1e6 : 1),
        _ => shape == Shape.LargeLabels ? 1e7 + (1000 * signal) : 10 * signal,
    };

    private static (Target Target, TrainerDefinition.LightGbm Trainer) Definition(string name, Shape shape)
    {
        string[] words = name.Split(' ');
        TrainingObjective objective = Enum.Parse<TrainingObjective>(words[0]);
        TrainerDefinition.LightGbm trainer = Many with
        {
            Objective = objective,
            ObjectiveParameter = objective switch { TrainingObjective.Huber => 2, TrainingObjective.Quantile => 0.8, TrainingObjective.Tweedie => 1.3, _ => null },
        };
        Target target = objective switch
        {
            TrainingObjective.Binary => new Target.Binary(),
            TrainingObjective.Multiclass => Classes(int.Parse(words[1], CultureInfo.InvariantCulture)),
            _ => new Target.Regression(),
        };
        return (target, shape switch
        {
            Shape.FewLeaves => trainer with { Leaves = 3, Trees = 30 },
            Shape.EarlyStopping => trainer with { EarlyStopping = 5, LearningRate = 0.3 },
            _ => trainer,
        });
    }

    private static Target.Multiclass Classes(int count) => new() { Classes = [.. Enumerable.Range(0, count).Select(index => $"class {index}")] };

    private static bool IsOfClasses(string objective) => objective.StartsWith("Multiclass", StringComparison.Ordinal) || objective == "Binary";

    private static int Likeliest(ReadOnlySpan<float> probabilities)
    {
        int best = 0;
        for (int i = 1; i < probabilities.Length; i++)
        {
            best = probabilities[i] > probabilities[best] ? i : best;
        }

        return best;
    }
}
