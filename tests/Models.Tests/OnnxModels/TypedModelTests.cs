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
using Microsoft.ML.OnnxRuntime;

namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>A table with a column of every type, from rows to answers, for every target.</summary>
public sealed class TypedModelTests
{
    public static TheoryData<string, bool> Cases => new() { { "binary", true }, { "binary", false }, { "multiclass", true }, { "multiclass", false }, { "regression", true }, { "regression", false } };

    [Theory]
    [MemberData(nameof(Cases))]
    public void ShippedGraph_OfATableOfEveryType_SaysWhatTheTrainedModelSays(string kind, bool nullable)
    {
        Target target = TargetOf(kind);
        Parts parts = Build(target, nullable);
        InputRows rows = Holdout(nullable);
        using FeatureReader reader = new(parts.Featurizer.Onnx);
        using INativeModel native = KnownTrainers.All.For(parts.Model.Trainer).Load(parts.Model.NativeModel);
        using OnnxScorer scorer = new(parts.Onnx);

        Answers answers = scorer.Score(rows);
        ParityReport parity = ParityCheck.Compare(native.Predict(reader.Read(rows)), answers, parts.Model.Fragment.Link.Parity);

        Assert.True(parity.Holds, $"largest difference {parity.MaximumDifference}");
        Assert.Equal((rows.Count, target.Width), (answers.Count, answers.Width));
        Assert.True(answers.Values.Distinct().Count() > 100, "a model that says the same of each row shows nothing");
        Assert.Equal(TypedTable.Schema(nullable), scorer.Schema);
        Assert.Equal(target, scorer.Target);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ShippedGraph_OfUnseenRows_AnswersBetterThanAConstant(string kind, bool nullable)
    {
        Target target = TargetOf(kind);
        RowSet rows = TypedTable.Rows(TypedTable.Inputs(800, seed: 8, nullable), target, seed: 9);
        using OnnxScorer scorer = new(Build(target, nullable).Onnx);

        Answers answers = scorer.Score(rows.Inputs);

        double[] constants = [.. Enumerable.Range(0, target.Width).Select(name => rows.Labels.Average(label => Wanted(target, label, name)))];
        Assert.InRange(Error((row, name) => answers.Of(row)[name]), 0, 0.7 * Error((_, name) => constants[name]));

        double Error(Func<int, int, double> answer) => Enumerable.Range(0, rows.Count).Sum(row =>
            Enumerable.Range(0, target.Width).Sum(name => Math.Pow(answer(row, name) - Wanted(target, rows.Labels[row], name), 2)));
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("multiclass")]
    [InlineData("regression")]
    public void Compose_TheSameRowsTwice_GivesTheSameBytes(string kind) =>
        Assert.Equal(Build(TargetOf(kind), nullable: true).Onnx, Build(TargetOf(kind), nullable: true).Onnx);

    [Fact]
    public void Score_OneRowAtATime_EqualsTheBatch()
    {
        InputRows rows = Holdout(nullable: true);
        using OnnxScorer scorer = new(Build(TargetOf("multiclass"), nullable: true).Onnx);
        Answers batch = scorer.Score(rows);

        Assert.All(Enumerable.Range(0, 100), row => Assert.Equal(batch.Of(row).ToArray(), scorer.Score(rows.Slice(row..(row + 1))).Values));
        Assert.Equal(0, scorer.Score(rows.Slice(..0)).Count);
        Assert.Equal(100, SingleRowLatency.Measure(scorer, rows.Slice(..100)).Rows);
    }

    [Fact]
    public void Score_ColumnsInAnotherOrderWithOthersAmongThem_GivesTheSameAnswers()
    {
        InputRows rows = Holdout(nullable: true);
        InputColumn other = new() { Name = "other", Type = InputType.Number, Nullable = true };
        InputRows turned = new(
            new InputSchema([other, .. rows.Schema.Columns.Reverse()]),
            [new InputValues.Numbers([.. Enumerable.Repeat(float.NaN, rows.Count)]), .. rows.Columns.Reverse()]);
        using OnnxScorer scorer = new(Build(TargetOf("regression"), nullable: true).Onnx);

        Assert.Equal(scorer.Score(rows).Values, scorer.Score(turned).Values);
    }

    [Fact]
    public void Score_RowsThatAreNone_NamesColumnAndRow()
    {
        InputRows rows = Holdout(nullable: false);
        using OnnxScorer scorer = new(Build(TargetOf("regression"), nullable: false).Onnx);
        InputRows unknown = rows with { Columns = rows.Columns.SetItem(3, new InputValues.Numbers([.. Enumerable.Range(0, rows.Count).Select(row => row == 70 ? float.NaN : 1)])) };
        InputRows fewer = new(new InputSchema(rows.Schema.Columns[1..]), rows.Columns[1..]);

        RefusedInputException refused = Assert.Throws<RefusedInputException>(() => scorer.Score(unknown));
        Assert.Equal((70, "column 'score' is missing; expected a finite number"), (refused.Row, refused.Reason));
        Assert.Contains("column 'note' is missing; found 'host', 'classes'", Assert.Throws<ArgumentException>(() => scorer.Score(fewer)).Message, StringComparison.Ordinal);
        Assert.Contains("not one text", Assert.Throws<InvalidOperationException>(() => scorer.Score("a.com")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ShippedGraph_ToAnyRuntime_HasTheInputsAndOutputsOfItsSchemaAndTarget()
    {
        using InferenceSession session = new(Build(TargetOf("multiclass"), nullable: true).Onnx);

        Assert.Equal(
            ["note", "note_present", "host", "host_present", "classes", "classes_present", "score", "bias", "bias_present", "flag", "flag_present", "at", "at_present"],
            session.InputNames);
        Assert.All(session.InputMetadata.Values, input => Assert.Equal([-1, 1], input.Dimensions));
        Assert.Equal(
            [typeof(string), typeof(string), typeof(string), typeof(float), typeof(long), typeof(bool), typeof(long)],
            TypedTable.Schema(nullable: true).Columns.Select(column => session.InputMetadata[column.Name].ElementType));
        Assert.Equal(["probabilities", "label"], session.OutputNames);
    }

    [Fact]
    public void Compose_TheFeaturizerForTrainingRows_IsRefused()
    {
        Parts parts = Build(TargetOf("binary"), nullable: true);

        Assert.Contains("'training/fold'", Assert.Throws<InvalidOnnxModelException>(() => ModelGraph.Compose(
            parts.Featurizer.TrainingOnnx!, parts.Model.Fragment, TargetOf("binary"), ImmutableSortedDictionary<string, string>.Empty)).Message, StringComparison.Ordinal);
    }

    private static InputRows Holdout(bool nullable) => TypedTable.Inputs(500, seed: 7, nullable, strange: true);

    private static Target TargetOf(string kind) => kind switch
    {
        "binary" => new Target.Binary { Label = "is_late", Positive = "yes", Negative = "no" },
        "multiclass" => new Target.Multiclass { Label = "damage", Classes = ["none", "some", "all"] },
        _ => new Target.Regression { Label = "delay", Unit = "minutes" },
    };

    private static double Wanted(Target target, double label, int name) => target.Answer == AnswerForm.Probabilities ? (label == name ? 1 : 0) : label;

    private static Parts Build(Target target, bool nullable)
    {
        RowSet rows = TypedTable.Rows(TypedTable.Inputs(1500, seed: 4, nullable), target, seed: 5);
        FittedFeaturizer featurizer = FeaturizerFit.Fit(rows, FeatureViews.Typed(nullable), target);
        using FeatureReader reader = new(featurizer.TrainingOnnx!);
        TrainerDefinition.LightGbm trainer = new() { Trees = 40, BalanceClasses = false, Objective = target is Target.Regression ? TrainingObjective.Squared : null };
        TrainedModel model = new ModelTraining(KnownTrainers.All, TimeProvider.System).Train(
            new TrainingOrder(target, trainer, TrainingRows.Of(reader, rows)) { FeatureNames = featurizer.FeatureNames }, progress: null, TestContext.Current.CancellationToken);
        return new Parts(featurizer, model, ModelGraph.Compose(featurizer.Onnx, model.Fragment, target, ImmutableSortedDictionary<string, string>.Empty.Add("lifecycle.model", "typed")));
    }

    private sealed record Parts(FittedFeaturizer Featurizer, TrainedModel Model, byte[] Onnx);
}
