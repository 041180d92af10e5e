using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.Models.Tests.OnnxModels.Tables;
using Lifecycle.OnnxModels.Explanations;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Parity;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Training;
using Lifecycle.Training.Trainers;

namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>A regression with an interval beside each answer, from rows to outputs.</summary>
public sealed class IntervalGraphTests
{
    private static readonly Target Number = new Target.Regression { Unit = "minutes" };
    private static readonly IntervalDefinition Wanted = new() { Coverage = 0.8 };

    [Theory]
    [InlineData(TrainingObjective.Squared)]
    [InlineData(TrainingObjective.Absolute)]
    public void ScoreWithin_UnseenRows_GivesTheQuantilesOfTheLibraryInOrder(TrainingObjective objective)
    {
        (FittedFeaturizer featurizer, TrainedModel model) = Train(new TrainerDefinition.LightGbm { Trees = 60, Objective = objective });
        RowSet rows = TypedTable.Rows(TypedTable.Inputs(2000, seed: 8, nullable: true), Number, seed: 9);
        using FeatureReader reader = new(featurizer.Onnx);
        using OnnxScorer scorer = new(Compose(featurizer, model));
        using OnnxScorer plain = new(ModelGraph.Compose(featurizer.Onnx, model.Fragment, Number, ImmutableSortedDictionary<string, string>.Empty));

        (Answers answers, Answers? bounds) = scorer.ScoreWithin(rows.Inputs);

        Assert.Equal(plain.Score(rows.Inputs).Values, answers.Values);
        Assert.Equal((Wanted, (IntervalDefinition?)null), (scorer.Intervals, plain.Intervals));
        Assert.Null(plain.ScoreWithin(rows.Inputs).Bounds);
        float[] native = [.. Predict(model.Bounds!.Lower, reader, rows).Zip(Predict(model.Bounds.Upper, reader, rows)).SelectMany(ends => new[] { Math.Min(ends.First, ends.Second), Math.Max(ends.First, ends.Second) })];
        ParityReport parity = ParityCheck.Compare(new Answers(2, [.. native]), bounds!, ParityMeasure.Scaled);
        Assert.True(parity.Holds, $"{parity.MaximumDifference}");
        Assert.All(Enumerable.Range(0, rows.Count), row => Assert.True(bounds!.Of(row)[0] <= bounds.Of(row)[1]));

        // Leaves of a few rows are surer of themselves than rows that were not seen.
        Assert.InRange(Enumerable.Range(0, rows.Count).Count(row => rows.Labels[row] >= bounds!.Of(row)[0] && rows.Labels[row] <= bounds.Of(row)[1]) / (double)rows.Count, 0.6, 0.9);
    }

    [Fact]
    public void ScoreWithin_QuantilesThatCross_TurnsThemRound()
    {
        (FittedFeaturizer featurizer, TrainedModel model) = Train(new TrainerDefinition.LightGbm { Trees = 5 });
        TrainedModel crossed = model with { Bounds = new TrainedBounds(model.Bounds!.Upper, model.Bounds.Lower) };
        InputRows rows = TypedTable.Inputs(200, seed: 8, nullable: true);
        using OnnxScorer scorer = new(Compose(featurizer, model));
        using OnnxScorer turned = new(Compose(featurizer, crossed));

        Assert.Equal(scorer.ScoreWithin(rows).Bounds!.Values, turned.ScoreWithin(rows).Bounds!.Values);
        Assert.True(scorer.ScoreWithin(rows).Bounds!.Values.Distinct().Count() > 50);
    }

    [Fact]
    public void Train_OfBounds_KeepsTheTrainerButItsObjective()
    {
        TrainerDefinition.LightGbm trainer = new() { Trees = 5, Leaves = 4, Objective = TrainingObjective.Poisson, Monotone = ImmutableSortedDictionary<string, int>.Empty.Add("score", 1) };

        Assert.Equal(
            new TrainerDefinition.LightGbm { Trees = 5, Leaves = 4, Objective = TrainingObjective.Quantile, ObjectiveParameter = 0.05 },
            trainer.ForQuantile(new IntervalDefinition { Coverage = 0.9 }.LowerLevel));
        Assert.Equal((0.1, 0.9), (Wanted.LowerLevel, Wanted.UpperLevel));
        Assert.Null(new TrainerDefinition.Linear().ForQuantile(0.5));
        Assert.Contains(
            "does not learn quantiles", Assert.Throws<UntrainableException>(() => Train(new TrainerDefinition.Linear())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_TheSameTwice_GivesTheSameBytes()
    {
        TrainerDefinition.LightGbm trainer = new() { Trees = 5 };
        (FittedFeaturizer featurizer, TrainedModel model) = Train(trainer);
        (FittedFeaturizer again, TrainedModel other) = Train(trainer);

        Assert.Equal(Compose(featurizer, model), Compose(again, other));
    }

    [Fact]
    public void Explain_AModelWithIntervals_TakesItsAnswerApart()
    {
        (FittedFeaturizer featurizer, TrainedModel model) = Train(new TrainerDefinition.LightGbm { Trees = 20 });
        byte[] onnx = Compose(featurizer, model);
        InputRows rows = TypedTable.Inputs(100, seed: 8, nullable: true);
        using OnnxScorer scorer = new(onnx);
        using ModelExplainer explainer = new(onnx, ExplanationParts.Of(model.Fragment, featurizer.FeatureNames, featurizer.Columns, model.Record));

        Assert.Equal(scorer.Score(rows).Values.Select(value => (double)value), explainer.Explain(rows).Select(row => row.Scores[0].Score));
    }

    [Theory]
    [InlineData("""{"coverage":1}""")]
    [InlineData("""{"coverage":-0.5}""")]
    [InlineData("""{"share":0.5}""")]
    [InlineData("0.8")]
    public void Open_AnUnsoundPromise_IsRefused(string promise)
    {
        (FittedFeaturizer featurizer, TrainedModel model) = Train(new TrainerDefinition.LightGbm { Trees = 5 });
        ModelProto graph = ModelProto.Parser.ParseFrom(Compose(featurizer, model));
        graph.MetadataProps.Single(property => property.Key == "lifecycle.intervals").Value = promise;

        Assert.Contains("lifecycle.intervals", Refusal(graph), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_APromiseWithoutItsOutputs_IsRefused()
    {
        (FittedFeaturizer featurizer, TrainedModel model) = Train(new TrainerDefinition.LightGbm { Trees = 5 });
        ModelProto graph = ModelProto.Parser.ParseFrom(Compose(featurizer, model));
        graph.Graph.Output.RemoveAt(2);

        Assert.Contains("'lower', Float of rank 1, and 'upper'", Refusal(graph), StringComparison.Ordinal);
    }

    private static string Refusal(ModelProto graph) => Assert.Throws<InvalidOnnxModelException>(() => new OnnxScorer(Google.Protobuf.MessageExtensions.ToByteArray(graph))).Message;

    private static byte[] Compose(FittedFeaturizer featurizer, TrainedModel model) => ModelGraph.Compose(
        featurizer.Onnx, model.Fragment, Number, ImmutableSortedDictionary<string, string>.Empty, new IntervalFragments(Wanted, model.Bounds!.Lower.Fragment, model.Bounds.Upper.Fragment));

    private static ImmutableArray<float> Predict(TrainedModel model, FeatureReader reader, RowSet rows)
    {
        using INativeModel native = KnownTrainers.All.For(model.Trainer).Load(model.NativeModel);
        return native.Predict(reader.Read(rows.Inputs)).Values;
    }

    private static (FittedFeaturizer Featurizer, TrainedModel Model) Train(TrainerDefinition trainer)
    {
        RowSet rows = TypedTable.Rows(TypedTable.Inputs(2000, seed: 6, nullable: true), Number, seed: 7);
        FittedFeaturizer featurizer = FeaturizerFit.Fit(rows, FeatureViews.Typed(nullable: true), Number);
        using FeatureReader reader = new(featurizer.TrainingOnnx ?? featurizer.Onnx);
        TrainingOrder order = new(Number, trainer, TrainingRows.Of(reader, rows)) { FeatureNames = featurizer.FeatureNames, Intervals = Wanted };
        return (featurizer, new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(order, progress: null, TestContext.Current.CancellationToken));
    }
}
