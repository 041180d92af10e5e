using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Models.Tests.OnnxModels.Tables;
using Lifecycle.OnnxModels.Featurizers;

namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>A training row's features must not hold its own label, or the model would learn to read it there.</summary>
public sealed class TargetEncodingTests
{
    private static readonly Target.Multiclass Classes = new() { Classes = ["none", "some", "all"] };

    private static readonly FeatureView View = new()
    {
        Key = "id",
        Inputs = TypedTable.Schema(nullable: true).Columns,
        Transforms = [new RowTransform.TargetEncoding { Inputs = ["classes", "bias"], Smoothing = 2 }],
    };

    public static TheoryData<string> Targets => ["binary", "multiclass", "regression"];

    [Theory]
    [MemberData(nameof(Targets))]
    public void TrainingFeatures_WhenLabelsOfAClusterChange_AreTheSameForItsRowsAndOthersForTheRest(string kind)
    {
        Target target = TargetOf(kind);
        RowSet rows = Rows(target);
        float[][] before = TrainingFeatures(rows, target);
        for (int cluster = 0; cluster < 40; cluster += 3)
        {
            int[] own = [.. Enumerable.Range(0, rows.Count).Where(row => rows.Clusters[row] == cluster)];
            ImmutableArray<double> turned = [.. rows.Labels.Select((label, row) => own.Contains(row) ? Other(target, label) : label)];

            float[][] after = TrainingFeatures(rows with { Labels = turned }, target);

            Assert.All(own, row => Assert.Equal(before[row], after[row]));
            Assert.Contains(Enumerable.Range(0, rows.Count).Except(own), row => !before[row].SequenceEqual(after[row]));
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void ShippedFeatures_WhenLabelsOfAClusterChange_ChangeForItsRows(string kind)
    {
        Target target = TargetOf(kind);
        RowSet rows = Rows(target);
        ImmutableArray<double> turned = [.. rows.Labels.Select((label, row) => rows.Clusters[row] == 6 ? Other(target, label) : label)];

        float[][] before = ShippedFeatures(rows, target);
        float[][] after = ShippedFeatures(rows with { Labels = turned }, target);

        Assert.All(Enumerable.Range(0, rows.Count).Where(row => rows.Clusters[row] == 6), row => Assert.NotEqual(before[row], after[row]));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void TrainingFeatures_OfARow_AreThoseOfTheRowsOutsideItsFold(string kind)
    {
        Target target = TargetOf(kind);
        RowSet rows = Rows(target);
        int[] folds = TrainingFolds.Of(rows);
        float[][] found = TrainingFeatures(rows, target);
        for (int fold = 0; fold < TrainingFolds.Count; fold++)
        {
            int[] others = [.. Enumerable.Range(0, rows.Count).Where(row => folds[row] != fold)];
            foreach (int row in Enumerable.Range(0, rows.Count).Where(row => folds[row] == fold))
            {
                double[] expected = [.. new[] { 2, 4 }.SelectMany(column =>
                    new PlainTransforms(View.Inputs[column], rows.Inputs.Columns[column].Take(others), [.. others.Select(other => rows.Labels[other])], target)
                        .Of(View.Transforms[0], rows.Inputs.Columns[column], row))];
                Assert.All(expected.Index(), feature => Assert.Equal(feature.Item, found[row][feature.Index], 5));
            }
        }
    }

    [Fact]
    public void Fit_RowsInAnotherOrder_GivesTheSameBytesOfBothGraphs()
    {
        RowSet rows = Rows(Classes);
        int[] order = [.. Enumerable.Range(0, rows.Count).Reverse()];
        RowSet turned = new()
        {
            Inputs = rows.Inputs.Take(order),
            Labels = [.. order.Select(row => rows.Labels[row])],
            Keys = [.. order.Select(row => rows.Keys[row])],
            Clusters = [.. order.Select(row => 1000 - rows.Clusters[row])],
        };

        FittedFeaturizer forwards = FeaturizerFit.Fit(rows, FeatureViews.Typed(nullable: true), Classes);
        FittedFeaturizer backwards = FeaturizerFit.Fit(turned, FeatureViews.Typed(nullable: true), Classes);

        Assert.Equal(forwards.Onnx, backwards.Onnx);
        Assert.Equal(forwards.TrainingOnnx, backwards.TrainingOnnx);
        Assert.Equal(TrainingFolds.Of(rows), TrainingFolds.Of(turned).Reverse());
    }

    [Fact]
    public void Folds_OfManyRows_AreOfLikeSizeAndKeepClustersTogether()
    {
        RowSet rows = Rows(Classes, count: 6000);
        int[] folds = TrainingFolds.Of(rows);
        int[] single = TrainingFolds.Of(rows with { Clusters = [] });

        Assert.All(folds.CountBy(fold => fold), fold => Assert.InRange(fold.Value, 1000, 1400));
        Assert.All(single.CountBy(fold => fold), fold => Assert.InRange(fold.Value, 1000, 1400));
        Assert.Equal(TrainingFolds.Count, folds.Distinct().Count());
        Assert.All(Enumerable.Range(0, rows.Count), row => Assert.Equal(folds[row - (row % 3)], folds[row]));
    }

    [Fact]
    public void Fit_OfRowsWithoutKeys_IsRefused() => Assert.Contains(
        "found 0 keys of 300 rows",
        Assert.Throws<ArgumentException>(() => FeaturizerFit.Fit(Rows(Classes) with { Keys = [] }, View, Classes)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Read_InputsAloneThroughTheGraphForTrainingRows_IsRefused()
    {
        RowSet rows = Rows(Classes);
        using FeatureReader reader = new(FeaturizerFit.Fit(rows, View, Classes).TrainingOnnx!);

        Assert.Contains("the rows that it was fitted on", Assert.Throws<ArgumentException>(() => reader.Read(rows.Inputs)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_WithoutATargetEncoding_HasOneGraphForAllRows()
    {
        FeatureView view = View with { Transforms = [new RowTransform.Frequency { Inputs = ["classes"] }] };

        Assert.Null(FeaturizerFit.Fit(Rows(Classes) with { Keys = [], Clusters = [] }, view, Classes).TrainingOnnx);
    }

    private static Target TargetOf(string kind) => kind switch { "binary" => new Target.Binary(), "multiclass" => Classes, _ => new Target.Regression() };

    private static double Other(Target target, double label) => target.ClassNames.IsEmpty ? label + 3 : (label + 1) % target.ClassNames.Length;

    private static RowSet Rows(Target target, int count = 300) => TypedTable.Rows(TypedTable.Inputs(count, seed: 1, nullable: true), target, seed: 3);

    private static float[][] TrainingFeatures(RowSet rows, Target target)
    {
        using FeatureReader reader = new(FeaturizerFit.Fit(rows, View, target).TrainingOnnx!);
        return FeatureViews.Dense(reader.Read(rows), reader.FeatureCount);
    }

    private static float[][] ShippedFeatures(RowSet rows, Target target)
    {
        using FeatureReader reader = new(FeaturizerFit.Fit(rows, View, target).Onnx);
        return FeatureViews.Dense(reader.Read(rows), reader.FeatureCount);
    }
}
