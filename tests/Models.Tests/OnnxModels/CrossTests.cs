using System.Globalization;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Models.Tests.OnnxModels.Tables;
using Lifecycle.OnnxModels.Featurizers;

namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>Pairs of levels: by hand, against plain code over every pair of types, and what is refused.</summary>
public sealed class CrossTests
{
    private static readonly string[] Columns = ["note", "host", "classes", "bias", "flag"];

    public static TheoryData<string, string, bool> Pairs()
    {
        TheoryData<string, string, bool> pairs = [];
        foreach (string first in Columns)
        {
            foreach (string second in Columns.Where(second => second != first))
            {
                pairs.Add(first, second, true);
                pairs.Add(first, second, false);
            }
        }

        return pairs;
    }

    [Fact]
    public void Graph_OfAFewRows_HasAFeatureForEachFrequentPair()
    {
        InputSchema schema = new([new InputColumn { Name = "from", Type = InputType.Category, Nullable = true }, new InputColumn { Name = "late", Type = InputType.Boolean }]);
        InputRows rows = new(schema, [new InputValues.Texts(["A", "A", "B", null, null, "A", "B"]), new InputValues.Integers([1, 1, 0, 1, 1, 0, 1], [])]);
        RowTransform cross = new RowTransform.Cross { Inputs = ["from", "late"], MinimumCount = 2, Unknown = UnknownLevel.Own };

        FittedFeaturizer fitted = Fit(rows, cross);
        using FeatureReader reader = new(fitted.Onnx);

        Assert.Equal(["from:missing & late=true", "from=A & late=true", "from & late:other"], fitted.FeatureNames);
        Assert.Equal([[0, 1, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0], [1, 0, 0], [0, 0, 1], [0, 0, 1]], FeatureViews.Dense(reader.Read(rows), 3));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Graph_OfAPairOfTypes_SaysWhatPlainCodeSays(string first, string second, bool nullable)
    {
        InputRows training = TypedTable.Inputs(400, seed: 1, nullable);
        InputRows others = TypedTable.Inputs(200, seed: 2, nullable, strange: true);
        FittedFeaturizer fitted = Fit(training, new RowTransform.Cross { Inputs = [first, second], MinimumCount = 3, MaximumTerms = 9 });
        using FeatureReader reader = new(fitted.Onnx);
        string[] kept =
        [
            .. Enumerable.Range(0, training.Count).Select(row => PairOf(training, row)).CountBy(pair => pair).Where(pair => pair.Value >= 3)
                .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(9).Select(pair => pair.Key),
        ];

        float[][] found = FeatureViews.Dense(reader.Read(others), reader.FeatureCount);

        Assert.Equal(kept.Length, fitted.FeatureNames.Length);
        Assert.Equal(Enumerable.Range(0, others.Count).Select(row => kept.Select(pair => pair == PairOf(others, row) ? 1f : 0f).ToArray()), found);
        Assert.Contains(found, row => row.Contains(1f));

        string PairOf(InputRows rows, int row) => $"{LevelOf(rows, first, row)}\u0002{LevelOf(rows, second, row)}";
    }

    [Fact]
    public void Graph_OfSeveralPairsOfOneColumn_HasAllOfThem()
    {
        InputRows rows = TypedTable.Inputs(300, seed: 1, nullable: true);
        RowTransform[] crosses = [.. Columns.Where(column => column != "classes").Select(column => new RowTransform.Cross { Inputs = ["classes", column], MinimumCount = 3 }), new RowTransform.Cross { Inputs = ["host", "note"], MinimumCount = 3 }];
        FittedFeaturizer fitted = Fit(rows, crosses);
        using FeatureReader together = new(fitted.Onnx);

        float[][] found = FeatureViews.Dense(together.Read(rows), together.FeatureCount);

        int first = 0;
        foreach (RowTransform cross in crosses)
        {
            using FeatureReader alone = new(Fit(rows, cross).Onnx);
            Assert.Equal(FeatureViews.Dense(alone.Read(rows), alone.FeatureCount), found.Select(row => row[first..(first + alone.FeatureCount)]));
            first += alone.FeatureCount;
        }
    }

    [Fact]
    public void Fit_WhatIsNoPair_IsRefused()
    {
        Assert.Contains("a cross reads 'classes'; expected two different inputs", Refusal(new RowTransform.Cross { Inputs = ["classes"] }), StringComparison.Ordinal);
        Assert.Contains("a cross reads 'classes', 'classes'; expected two different inputs", Refusal(new RowTransform.Cross { Inputs = ["classes", "classes"] }), StringComparison.Ordinal);
        Assert.Contains("a cross cannot read 'score' of type Number", Refusal(new RowTransform.Cross { Inputs = ["classes", "score"] }), StringComparison.Ordinal);
        Assert.Contains("maximumTerms is 0; expected at least 1", Refusal(new RowTransform.Cross { Inputs = ["classes", "flag"], MaximumTerms = 0 }), StringComparison.Ordinal);
        Assert.Contains("2 of kind cross over the same two inputs", Refusal(new RowTransform.Cross { Inputs = ["classes", "flag"] }, new RowTransform.Cross { Inputs = ["flag", "classes"] }), StringComparison.Ordinal);

        static string Refusal(params RowTransform[] transforms) => Assert.Throws<InvalidFeatureViewException>(() => Fit(TypedTable.Inputs(50, seed: 1, nullable: true), transforms)).Message;
    }

    private static FittedFeaturizer Fit(InputRows rows, params RowTransform[] transforms) => FeaturizerFit.Fit(
        TypedTable.Labelled(rows, seed: 3), new FeatureView { Key = "id", Inputs = rows.Schema.Columns, Transforms = [.. transforms] }, new Target.Regression());

    private static string LevelOf(InputRows rows, string column, int row)
    {
        int index = rows.Schema.IndexOf(column);
        InputType type = rows.Schema.Columns[index].Type;
        return rows.Columns[index] switch
        {
            var values when values.IsMissing(row) => "\u0001",
            InputValues.Texts texts => type == InputType.Category ? texts.Values[row]! : texts.Values[row]!.ToLower(CultureInfo.InvariantCulture).Replace("äö", "ÄÖ", StringComparison.Ordinal),
            InputValues.Integers integers => integers.Values[row].ToString(CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException(column),
        };
    }
}
