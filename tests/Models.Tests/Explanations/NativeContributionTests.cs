using System.Collections.Immutable;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.OnnxModels;
using Lifecycle.Models.Tests.Training;
using Lifecycle.OnnxModels.Explanations;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.Training.LightGbm;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Explanations;

/// <summary>The trees of the graph, taken apart, against LightGBM's own contributions: each objective, with holes in the rows.</summary>
public sealed class NativeContributionTests
{
    private const int PredictContributions = 3;

    public static TheoryData<TrainingObjective, double?> Objectives => new()
    {
        { TrainingObjective.Binary, null }, { TrainingObjective.Multiclass, null }, { TrainingObjective.Squared, null }, { TrainingObjective.Absolute, null },
        { TrainingObjective.Huber, 1 }, { TrainingObjective.Quantile, 0.9 }, { TrainingObjective.Poisson, null }, { TrainingObjective.Gamma, null }, { TrainingObjective.Tweedie, 1.5 },
    };

    [Theory]
    [MemberData(nameof(Objectives))]
    public void Add_OfARealTraining_IsWhatLightGbmSays(TrainingObjective objective, double? parameter)
    {
        (Target target, double[] labels) = Labels(objective);
        TrainedModel model = Tables.Train(
            target, new TrainerDefinition.LightGbm { Trees = 40, Objective = objective, ObjectiveParameter = parameter }, Tables.Rows(Tables.Features(2000, seed: 3, holes: true), labels));
        float[][] rows = Tables.Features(200, seed: 4, holes: true);
        double[] native = ByLightGbm(model.NativeModel, rows, target.Width);
        ScoreParts parts = PartsOf(model, target);

        double largest = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            double[] found = new double[target.Width * Tables.FeatureCount];
            parts.Add(rows[row], found);
            for (int score = 0; score < target.Width; score++)
            {
                int at = ((row * target.Width) + score) * (Tables.FeatureCount + 1);
                double scale = Math.Max(1, native[at..(at + Tables.FeatureCount + 1)].Max(Math.Abs));
                for (int feature = 0; feature < Tables.FeatureCount; feature++)
                {
                    largest = Math.Max(largest, Math.Abs(native[at + feature]));
                    Assert.Equal(native[at + feature], found[(score * Tables.FeatureCount) + feature], 1e-5 * scale);
                }

                Assert.Equal(native[at + Tables.FeatureCount], parts.Bases[score], 1e-5 * scale);
            }
        }

        Assert.True(largest > 0.05, "contributions of nothing show nothing");
    }

    [Fact]
    public void Importance_OfGain_IsLargestOfTheColumnThatTheLabelFollows()
    {
        (Target target, double[] labels) = Labels(TrainingObjective.Squared);
        TrainedModel model = Tables.Train(target, new TrainerDefinition.LightGbm { Trees = 40 }, Tables.Rows(Tables.Features(2000, seed: 3, holes: false), labels));

        FeatureImportance importance = model.Record!.Importance!;

        Assert.Equal((ImportanceMeasure.Gain, Tables.FeatureCount), (importance.Measure, importance.Values.Length));
        Assert.True(importance.Values[..3].Min() > 3 * importance.Values[3..].Max(), string.Join(" ", importance.Values));
    }

    internal static ScoreParts PartsOf(TrainedModel model, Target target)
    {
        ModelExplanation explanation = ExplanationParts.Of(
            model.Fragment, [.. Enumerable.Range(0, Tables.FeatureCount).Select(feature => $"f{feature}")], [new FeatureSpan("f", Tables.FeatureCount)], model.Record);
        ModelExplanation read = ModelExplanation.Read(explanation.ToBytes(), "explanation.json");
        Assert.Equal(explanation.ToBytes(), read.ToBytes());
        return GraphFragments.Read(ModelProto.Parser.ParseFrom(FragmentGraphs.Compose(model.Fragment, target)).Graph, read);
    }

    internal static (Target Target, double[] Labels) Labels(TrainingObjective objective)
    {
        double[] signals = [.. Tables.Features(2000, seed: 3, holes: objective != TrainingObjective.Squared).Select((row, index) => Tables.Signal(row, index, 3))];
        return objective switch
        {
            TrainingObjective.Binary => (new Target.Binary(), [.. signals.Select(signal => signal > 0 ? 1.0 : 0)]),
            TrainingObjective.Multiclass => (Tables.Classes, [.. signals.Select(signal => signal > 0.5 ? 2.0 : signal > -0.5 ? 1 : 0)]),
            TrainingObjective.Poisson or TrainingObjective.Gamma or TrainingObjective.Tweedie => (new Target.Regression(), [.. signals.Select(signal => Math.Exp(signal))]),
            _ => (new Target.Regression(), signals),
        };
    }

    private static unsafe double[] ByLightGbm(byte[] model, float[][] rows, int width)
    {
        byte[] ended = [.. model, 0];
        float[] values = [.. rows.SelectMany(row => row)];
        double[] answers = new double[rows.Length * width * (Tables.FeatureCount + 1)];
        fixed (byte* text = ended)
        fixed (float* features = values)
        fixed (double* found = answers)
        {
            Native.Demand(Native.LoadBooster(text, out _, out BoosterHandle handle));
            using (handle)
            {
                Native.Demand(Native.Predict(
                    handle, features, Native.Float32, rows.Length, Tables.FeatureCount, Native.RowMajor,
                    PredictContributions, 0, -1, "num_threads=1 verbosity=-1", out long length, found));
                Assert.Equal(answers.Length, length);
            }
        }

        return answers;
    }
}
