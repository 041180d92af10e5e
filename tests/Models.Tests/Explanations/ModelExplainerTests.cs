using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.OnnxModels;
using Lifecycle.Models.Tests.OnnxModels.Tables;
using Lifecycle.OnnxModels.Explanations;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.Explanations;

/// <summary>A table with a column of every type, explained from the file that ships.</summary>
public sealed class ModelExplainerTests
{
    public static TheoryData<string, string> Cases => new()
    {
        { "binary", "lightGbm" }, { "multiclass", "lightGbm" }, { "regression", "lightGbm" }, { "binary", "linear" }, { "multiclass", "linear" }, { "regression", "linear" },
        { "binary", "fastTree" }, { "multiclass", "fastTree" }, { "regression", "fastTree" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Explain_RowsOfEveryType_AddsUpToTheRawScoreBehindTheAnswer(string kind, string trainer)
    {
        Shipped shipped = Ship(TargetOf(kind), trainer);
        InputRows rows = TypedTable.Inputs(300, seed: 8, nullable: true);
        using OnnxScorer scorer = new(shipped.Onnx);
        using ModelExplainer explainer = new(shipped.Onnx, shipped.Explanation);
        List<int> told = [];

        Answers answers = scorer.Score(rows);
        ImmutableArray<RowExplanation> explained = explainer.Explain(rows, told.Add);

        Assert.Equal((rows.Count, rows.Count), (explained.Length, told[^1]));
        for (int row = 0; row < rows.Count; row++)
        {
            Assert.Equal(answers.Width, explained[row].Scores.Length);
            Assert.All(explained[row].Scores, score => Assert.Equal(score.Score, score.Base + score.Columns.Sum(column => column.Contribution), 1e-5 * Math.Max(1, Math.Abs(score.Score))));
            Assert.All(explained[row].Scores, score => Assert.Equal(rows.Schema.Columns.Select(column => column.Name), score.Columns.Select(column => column.Column)));
            if (trainer != "fastTree")
            {
                Assert.Equal(answers.Of(row).ToArray().Select(answer => (double)answer), Linked(kind, explained[row]), Near);
            }
        }

        Assert.True(explained.SelectMany(row => row.Scores).SelectMany(score => score.Columns).Max(column => Math.Abs(column.Contribution)) > 0.05);
    }

    [Fact]
    public void Explain_AFewRows_NamesTheFeaturesThatAddMost()
    {
        Shipped shipped = Ship(TargetOf("multiclass"), "lightGbm");
        using ModelExplainer explainer = new(shipped.Onnx, shipped.Explanation);

        ScoreExplanation score = explainer.Explain(TypedTable.Inputs(5, seed: 8, nullable: true))[0].Scores[1];

        Assert.Equal("b", score.Class);
        Assert.InRange(score.Features.Length, 3, ModelExplainer.NamedFeatures);
        Assert.Equal(score.Features.OrderByDescending(feature => Math.Abs(feature.Contribution)), score.Features);
        Assert.All(score.Features, feature => Assert.All(feature.Column.Split(" & "), column => Assert.Contains(column, feature.Feature, StringComparison.Ordinal)));
    }

    [Fact]
    public void Explain_FeaturesOfTwoColumns_GivesEitherHalf()
    {
        Target target = TargetOf("regression");
        RowSet rows = TypedTable.Rows(TypedTable.Inputs(1500, seed: 6, nullable: true), target, seed: 7);
        FittedFeaturizer featurizer = FeaturizerFit.Fit(
            rows, FeatureViews.Typed(nullable: true) with { Transforms = [new RowTransform.Cross { Inputs = ["classes", "flag"], MinimumCount = 5 }] }, target);
        Shipped shipped = Ship(target, "lightGbm", rows, featurizer);
        using ModelExplainer explainer = new(shipped.Onnx, shipped.Explanation);

        ScoreExplanation score = explainer.Explain(rows.Inputs.Slice(..1))[0].Scores[0];

        double half = score.Columns.Single(column => column.Column == "classes").Contribution;
        Assert.NotEqual(0, half);
        Assert.Equal(half, score.Columns.Single(column => column.Column == "flag").Contribution);
        Assert.Equal(score.Score, score.Base + (2 * half), 1e-5 * Math.Max(1, Math.Abs(score.Score)));
        Assert.All(score.Features, feature => Assert.Equal("classes & flag", feature.Column));
    }

    [Fact]
    public void Explain_ALinearModel_GivesCoefficientTimesDistanceFromTheMean()
    {
        LinearScores model = new() { FeatureCount = 3, Means = [1, 0, 5], Scales = [2, 1, 0], Reach = [4, 1, 0], Weights = [3, 2, 7, -1, 0, 7], Intercepts = [0.5f, 1] };
        double[] found = new double[6];

        new LinearParts(model).Add([2, float.NaN, 9], found);

        Assert.Equal([6, 0, 0, -2, 0, 0], found);
        new LinearParts(model).Add([100, 50, 9], found);
        Assert.Equal([18, 2, 0, -6, 0, 0], found); // Kept within reach: 4 and 1.
    }

    [Fact]
    public void Open_ExplanationOfOtherTrees_IsRefused()
    {
        Shipped shipped = Ship(TargetOf("binary"), "lightGbm");
        ModelExplanation shorter = shipped.Explanation with { LeafRows = shipped.Explanation.LeafRows[1..] };

        Assert.Contains("not of the same model", Assert.Throws<InvalidOnnxModelException>(() => new ModelExplainer(shipped.Onnx, shorter)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TreesWhoseLeavesNobodyCounted_SaysSo()
    {
        Shipped shipped = Ship(TargetOf("binary"), "lightGbm");

        Assert.Contains(
            "training rows its leaves have", Assert.Throws<UnexplainableModelException>(() => new ModelExplainer(shipped.Onnx, shipped.Explanation with { LeafRows = [] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CountsThatDoNotFit_NamesBoth()
    {
        ModelExplanation wrong = new() { Scale = "log-odds", Features = ["a", "b"], Columns = [new("a", 1)] };

        Assert.Contains("names 2 features, and its columns count 1", Assert.Throws<InvalidDataException>(() => ModelExplanation.Read(wrong.ToBytes(), "x")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => ModelExplanation.Read((wrong with { Format = "lifecycle-explanation/9" }).ToBytes(), "x"));
    }

    private static readonly EqualityComparer<double> Near = EqualityComparer<double>.Create((one, other) => Math.Abs(one - other) <= 1e-4 * Math.Max(1, Math.Abs(one)), _ => 0);

    private static Target TargetOf(string kind) => kind switch
    {
        "binary" => new Target.Binary(),
        "multiclass" => new Target.Multiclass { Classes = ["a", "b", "c"] },
        _ => new Target.Regression { Unit = "minutes" },
    };

    private static IEnumerable<double> Linked(string kind, RowExplanation row)
    {
        double[] scores = [.. row.Scores.Select(score => score.Score)];
        return kind switch
        {
            "binary" => [1 / (1 + Math.Exp(-scores[0]))],
            "multiclass" => scores.Select(score => Math.Exp(score) / scores.Sum(Math.Exp)),
            _ => scores,
        };
    }

    private static Shipped Ship(Target target, string trainer)
    {
        RowSet rows = TypedTable.Rows(TypedTable.Inputs(1500, seed: 6, nullable: true), target, seed: 7);
        return Ship(target, trainer, rows, FeaturizerFit.Fit(rows, FeatureViews.Typed(nullable: true), target));
    }

    private static Shipped Ship(Target target, string trainer, RowSet rows, FittedFeaturizer featurizer)
    {
        using FeatureReader reader = new(featurizer.TrainingOnnx ?? featurizer.Onnx);
        TrainerDefinition definition = trainer switch
        {
            "linear" => new TrainerDefinition.Linear { L2 = 10 },
            "fastTree" => new TrainerDefinition.FastTree { Trees = 20, Leaves = 15 },
            _ => new TrainerDefinition.LightGbm { Trees = 30, Leaves = 15 },
        };
        TrainedModel model = new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(
            new TrainingOrder(target, definition, TrainingRows.Of(reader, rows)) { FeatureNames = featurizer.FeatureNames }, progress: null, TestContext.Current.CancellationToken);
        return new Shipped(
            ModelGraph.Compose(featurizer.Onnx, model.Fragment, target, ImmutableSortedDictionary<string, string>.Empty),
            ExplanationParts.Of(model.Fragment, featurizer.FeatureNames, featurizer.Columns, model.Record));
    }

    private sealed record Shipped(byte[] Onnx, ModelExplanation Explanation);
}
