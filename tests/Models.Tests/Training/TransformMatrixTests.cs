using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.OnnxModels.Tables;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Training;

/// <summary>
/// Every trainer with every target behind every transform: the file that ships says what the native model says, over rows with
/// missing values, levels that nobody has seen and numbers at the ends of what a type can hold.
/// </summary>
public sealed class TransformMatrixTests
{
    private const int HoldoutCount = 400;

    // Every kind that the product has; a test below holds this list to them.
    private static readonly ImmutableSortedDictionary<string, RowTransform> Transforms = new Dictionary<string, RowTransform>
    {
        ["numeric"] = new RowTransform.Numeric { Inputs = ["score", "bias", "flag", "at"], Minimum = -5e9, Maximum = 5e9 },
        ["oneHot"] = new RowTransform.OneHot { Inputs = ["classes", "flag", "bias"], MinimumCount = 5, Unknown = UnknownLevel.Own },
        ["frequency"] = new RowTransform.Frequency { Inputs = ["classes", "host"] },
        ["targetEncoding"] = new RowTransform.TargetEncoding { Inputs = ["classes", "note"], Smoothing = 5 },
        ["ordinal"] = new RowTransform.Ordinal { Inputs = ["classes"], Levels = ["Alpha", "Beta", "alpha"] },
        ["dateParts"] = new RowTransform.DateParts { Inputs = ["at"], Parts = [DatePart.Hour, DatePart.DayOfWeek, DatePart.Year] },
        ["characterNgrams"] = new RowTransform.CharacterNgrams { Inputs = ["note", "classes"], MinimumCount = 10, MaximumTerms = 30 },
        ["shapeCounts"] = new RowTransform.ShapeCounts { Inputs = ["note", "classes"] },
        ["topLevelDomainOneHot"] = new RowTransform.TopLevelDomainOneHot { Inputs = ["host"], MinimumCount = 5 },
        ["hashed"] = new RowTransform.Hashed { Inputs = ["classes", "host"], Buckets = 8 },
        ["wordNgrams"] = new RowTransform.WordNgrams { Inputs = ["note", "classes"], MaximumLength = 2, MinimumCount = 10, Weight = TermWeight.TfIdf },
        ["url"] = new RowTransform.Url { Inputs = ["note"], MinimumCount = 10 },
        ["cross"] = new RowTransform.Cross { Inputs = ["classes", "flag"], MinimumCount = 5, Unknown = UnknownLevel.Own },
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, TrainerDefinition> Trainers = new Dictionary<string, TrainerDefinition>
    {
        ["lightGbm"] = new TrainerDefinition.LightGbm { Trees = 15, MinimumRowsPerLeaf = 5 },
        ["fastTree"] = new TrainerDefinition.FastTree { Trees = 15, MinimumRowsPerLeaf = 5 },
        ["linear"] = new TrainerDefinition.Linear(),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, Target> Targets = new Dictionary<string, Target>
    {
        ["binary"] = new Target.Binary(),
        ["multiclass"] = new Target.Multiclass { Classes = ["none", "some", "all"] },
        ["regression"] = new Target.Regression(),
        ["amount"] = new Target.Regression(),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static TheoryData<string, string, string> Matrix()
    {
        TheoryData<string, string, string> matrix = [];
        foreach (string trainer in Trainers.Keys)
        {
            foreach (string target in Targets.Keys)
            {
                foreach (string transform in Transforms.Keys)
                {
                    matrix.Add(trainer, target, transform);
                }
            }
        }

        return matrix;
    }

    [Fact]
    public void Matrix_HasEveryTrainerAndTransformOfTheProduct()
    {
        Assert.Equal(RowTransform.Kinds.All.Select(kind => kind.Name).Order(StringComparer.Ordinal), Transforms.Keys);

        // Another test adds the constant one.
        Assert.Equal(TrainerDefinition.Kinds.All.Select(kind => kind.Name).Where(name => name != "constant").Order(StringComparer.Ordinal), Trainers.Keys);
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public void ShippedGraph_OfATrainerATargetAndATransform_SaysWhatTheTrainedModelSays(string trainer, string target, string transform)
    {
        Target predicts = Targets[target];
        RowSet training = Labelled(TypedTable.Inputs(600, seed: 4, nullable: true), predicts, target);
        FittedFeaturizer featurizer = FeaturizerFit.Fit(training, new FeatureView { Key = "id", Inputs = TypedTable.Schema(nullable: true).Columns, Transforms = [Transforms[transform]] }, predicts);
        InputRows rows = TypedTable.Inputs(HoldoutCount, seed: 7, nullable: true, strange: true);

        using FeatureReader reader = new(featurizer.Onnx);
        TrainedModel model = Train(Definition(trainer, target), predicts, featurizer, training);
        using INativeModel native = KnownTrainers.All.For(model.Trainer).Load(model.NativeModel);
        using OnnxScorer scorer = new(ModelGraph.Compose(featurizer.Onnx, model.Fragment, predicts, ImmutableSortedDictionary<string, string>.Empty));
        Answers answers = scorer.Score(rows);
        ParityReport parity = ParityCheck.Compare(native.Predict(reader.Read(rows)), answers, model.Fragment.Link.Parity);

        Assert.True(parity.Holds, $"largest difference {parity.MaximumDifference}");
        Assert.Equal(HoldoutCount, parity.RowCount);
        Assert.All(answers.Values, answer => Assert.True(float.IsFinite(answer)));
        Assert.True(answers.Values.Distinct().Count() > 1, "a model that says the same of each row shows nothing");
    }

    private static TrainedModel Train(TrainerDefinition trainer, Target target, FittedFeaturizer featurizer, RowSet training)
    {
        using FeatureReader reader = new(featurizer.TrainingOnnx ?? featurizer.Onnx);
        return new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(
            new TrainingOrder(target, trainer, TrainingRows.Of(reader, training)) { FeatureNames = featurizer.FeatureNames }, progress: null, TestContext.Current.CancellationToken);
    }

    // An amount is zero in about half of the rows, for a deviance.
    private static RowSet Labelled(InputRows inputs, Target predicts, string target)
    {
        RowSet rows = TypedTable.Rows(inputs, predicts, seed: 5);
        return target == "amount" ? rows with { Labels = [.. rows.Labels.Select(label => Math.Max(0, label))] } : rows;
    }

    private static TrainerDefinition Definition(string trainer, string target) => (Trainers[trainer], target) switch
    {
        (TrainerDefinition.LightGbm trees, "amount") => trees with { Objective = TrainingObjective.Tweedie },
        (TrainerDefinition.FastTree trees, "amount") => trees with { Objective = TrainingObjective.Tweedie },
        (TrainerDefinition.Linear sums, "amount") => sums with { Objective = TrainingObjective.Tweedie },
        (var any, _) => any,
    };
}
