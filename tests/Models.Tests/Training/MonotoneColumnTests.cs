using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

/// <summary>
/// A direction is asked for by a column and kept by its feature, whose name is the featurizer's to give: from rows to answers, for
/// everything that a numeric transform can do to the number.
/// </summary>
public sealed class MonotoneColumnTests
{
    private static readonly InputSchema Schema = new([new() { Name = "speed", Type = InputType.Number }, new() { Name = "weight", Type = InputType.Number }]);

    public static TheoryData<string, int> Cases
    {
        get
        {
            TheoryData<string, int> cases = [];
            foreach (string shape in (string[])["plain", "clipped", "log1p", "standardised", "standardised log1p", "bins"])
            {
                cases.Add(shape, 1);
                cases.Add(shape, -1);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Monotone_InAColumnOfATable_AnswersMoveInThatDirectionOnly(string shape, int direction)
    {
        float[] bound = Answers(shape, new() { ["speed"] = direction });
        float[] free = Answers(shape, []);

        Assert.True(bound.Distinct().Count() > 2, "answers that never move show nothing");
        Assert.True(IsMonotone(bound, direction));
        Assert.False(IsMonotone(free, direction));
    }

    private static float[] Answers(string shape, Dictionary<string, int> monotone)
    {
        Random random = new(3);
        float[] speeds = [.. Enumerable.Range(0, 2000).Select(_ => (random.NextSingle() * 12) - 2)];
        float[] weights = [.. speeds.Select(_ => random.NextSingle())];

        // A wave with a trend either way, so that a bound model has something to say.
        double[] labels = [.. speeds.Select((speed, row) => Math.Sin(speed * 2) + (0.1 * speed * monotone.GetValueOrDefault("speed", 1)) + weights[row])];
        Target target = new Target.Regression();
        RowSet rows = new() { Inputs = Rows(speeds, weights), Labels = [.. labels] };
        FeatureView view = new() { Key = "key", Inputs = Schema.Columns, Transforms = [ShapeOf(shape), new RowTransform.Numeric { Inputs = ["weight"] }] };
        FittedFeaturizer featurizer = FeaturizerFit.Fit(rows, view, target);
        using FeatureReader reader = new(featurizer.Onnx);
        TrainerDefinition.LightGbm trainer = new() { Trees = 40, Leaves = 15, Threads = 1, FeatureShare = 1, Monotone = monotone.ToImmutableSortedDictionary(StringComparer.Ordinal) };
        TrainedModel trained = new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(
            new TrainingOrder(target, trainer, TrainingRows.Of(reader, rows)) { FeatureNames = featurizer.FeatureNames }, progress: null, TestContext.Current.CancellationToken);

        using OnnxScorer scorer = new(ModelGraph.Compose(featurizer.Onnx, trained.Fragment, target, ImmutableSortedDictionary<string, string>.Empty));
        float[] grid = [.. Enumerable.Range(0, 200).Select(step => (step * 0.06f) - 2)];
        return [.. scorer.Score(Rows(grid, [.. grid.Select(_ => 0.5f)])).Values];
    }

    private static RowTransform.Numeric ShapeOf(string shape) => shape switch
    {
        "plain" => new() { Inputs = ["speed"] },
        "clipped" => new() { Inputs = ["speed"], Minimum = -1, Maximum = 9 },
        "log1p" => new() { Inputs = ["speed"], Log1p = true },
        "standardised" => new() { Inputs = ["speed"], Standardise = true },
        "standardised log1p" => new() { Inputs = ["speed"], Standardise = true, Log1p = true },
        _ => new() { Inputs = ["speed"], Bins = 30 },
    };

    private static InputRows Rows(float[] speeds, float[] weights) => new(Schema, [new InputValues.Numbers([.. speeds]), new InputValues.Numbers([.. weights])]);

    private static bool IsMonotone(float[] answers, int direction) => answers.Zip(answers.Skip(1), (one, next) => direction * (next - one)).All(step => step >= 0);
}
