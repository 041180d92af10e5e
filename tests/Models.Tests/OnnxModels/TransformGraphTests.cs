using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Models.Tests.OnnxModels.Tables;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>Every transform's graph, over every type of column that it reads, against the same figures by plain code.</summary>
public sealed class TransformGraphTests
{
    private static readonly Target[] Targets =
        [new Target.Binary(), new Target.Multiclass { Classes = ["none", "some", "all"] }, new Target.Regression()];

    private static readonly Dictionary<string, RowTransform> Transforms = new(StringComparer.Ordinal)
    {
        ["numeric"] = new RowTransform.Numeric(),
        ["numeric, mean and indicator"] = new RowTransform.Numeric { Impute = Imputation.Mean, Indicator = true },
        ["numeric, median and clipped"] = new RowTransform.Numeric { Impute = Imputation.Median, Minimum = -3, Maximum = 2.5 },
        ["numeric, constant and log1p"] = new RowTransform.Numeric { Impute = Imputation.Constant, Constant = -7, Log1p = true, Indicator = true },
        ["numeric, missing stays under clip and log1p"] = new RowTransform.Numeric { Minimum = -1, Log1p = true },
        ["numeric, standardised"] = new RowTransform.Numeric { Minimum = -5e9, Maximum = 5e9, Standardise = true, Impute = Imputation.Mean },
        ["numeric, standardised with gaps"] = new RowTransform.Numeric { Minimum = -5e9, Maximum = 5e9, Standardise = true },
        ["numeric, bins"] = new RowTransform.Numeric { Bins = 4 },
        ["numeric, bins of imputed"] = new RowTransform.Numeric { Bins = 7, Impute = Imputation.Median, Indicator = true },
        ["oneHot, few"] = new RowTransform.OneHot { MinimumCount = 5, MaximumTerms = 3 },
        ["oneHot, unknown of its own"] = new RowTransform.OneHot { MinimumCount = 1, Unknown = UnknownLevel.Own },
        ["oneHot, few and unknown of its own"] = new RowTransform.OneHot { MaximumTerms = 1, MinimumCount = 1, Unknown = UnknownLevel.Own },
        ["frequency"] = new RowTransform.Frequency(),
        ["frequency, few"] = new RowTransform.Frequency { MinimumCount = 30, MaximumTerms = 2 },
        ["targetEncoding"] = new RowTransform.TargetEncoding(),
        ["targetEncoding, few"] = new RowTransform.TargetEncoding { Smoothing = 3.5, MinimumCount = 5, MaximumTerms = 2 },
        ["targetEncoding, unsmoothed"] = new RowTransform.TargetEncoding { Smoothing = 0 },
        ["dateParts"] = new RowTransform.DateParts { Parts = [DatePart.Hour, DatePart.DayOfWeek, DatePart.DayOfMonth, DatePart.Month, DatePart.Year] },
        ["dateParts, cyclic"] = new RowTransform.DateParts { Parts = [DatePart.Month, DatePart.DayOfMonth, DatePart.DayOfWeek, DatePart.Hour], Cyclic = true },
        ["dateParts, one"] = new RowTransform.DateParts { Parts = [DatePart.Year] },
        ["characterNgrams"] = new RowTransform.CharacterNgrams { MinimumLength = 1, MaximumLength = 3, MinimumCount = 10, MaximumTerms = 40 },
        ["characterNgrams, unmarked"] = new RowTransform.CharacterNgrams { MinimumLength = 2, MaximumLength = 2, MinimumCount = 1, BoundaryMarks = false },
        ["shapeCounts"] = new RowTransform.ShapeCounts(),
        ["hashed"] = new RowTransform.Hashed { Buckets = 16 },
        ["hashed, odd"] = new RowTransform.Hashed { Buckets = 7 },
        ["wordNgrams"] = new RowTransform.WordNgrams { MinimumCount = 10, MaximumTerms = 8 },
        ["wordNgrams, pairs by tf-idf"] = new RowTransform.WordNgrams { MaximumLength = 3, MinimumCount = 5, Weight = TermWeight.TfIdf },
        ["wordNgrams, pairs alone"] = new RowTransform.WordNgrams { MinimumLength = 2, MaximumLength = 2, MinimumCount = 2, Weight = TermWeight.TfIdf },
        ["url"] = new RowTransform.Url { MinimumCount = 3, MaximumTerms = 4 },
        ["topLevelDomainOneHot"] = new RowTransform.TopLevelDomainOneHot { MinimumCount = 3, MaximumTerms = 3 },
    };

    public static TheoryData<string, bool> Cases()
    {
        TheoryData<string, bool> cases = [];
        foreach (string name in Transforms.Keys)
        {
            cases.Add(name, true);
            cases.Add(name, false);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Graph_OfATransform_SaysWhatPlainCodeSays(string name, bool nullable)
    {
        InputSchema schema = TypedTable.Schema(nullable);
        RowTransform transform = Transforms[name] with { Inputs = [.. schema.Columns.Where(column => Transforms[name].Reads.Contains(column.Type)).Select(column => column.Name)] };
        InputRows others = TypedTable.Inputs(150, seed: 2, nullable, strange: true);
        foreach (Target target in Targets.Take(transform is RowTransform.TargetEncoding or RowTransform.CharacterNgrams or RowTransform.WordNgrams ? 3 : 1))
        {
            RowSet training = TypedTable.Rows(TypedTable.Inputs(240, seed: 1, nullable), target, seed: 3);
            FittedFeaturizer fitted = FeaturizerFit.Fit(training, View(schema, transform), target);

            AssertFeatures(fitted, transform, training, target, others);
            AssertFeatures(fitted, transform, training, target, training.Inputs.Slice(..60));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Graph_OfOrdinals_SaysThePositionInTheList(bool nullable)
    {
        InputSchema schema = TypedTable.Schema(nullable);
        (string Column, string[] Levels)[] lists = [("classes", ["Beta", "", "Alpha"]), ("note", ["red fox", "x"]), ("flag", ["true", "false"]), ("bias", ["3", "-2", "0"])];
        RowSet training = TypedTable.Rows(TypedTable.Inputs(50, seed: 1, nullable), Targets[0], seed: 3);
        foreach ((string column, string[] levels) in lists)
        {
            RowTransform ordinal = new RowTransform.Ordinal { Inputs = [column], Levels = [.. levels] };

            AssertFeatures(FeaturizerFit.Fit(training, View(schema, ordinal), Targets[0]), ordinal, training, Targets[0], TypedTable.Inputs(200, seed: 2, nullable, strange: true));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Graph_OfAUrl_SaysItsParts(bool isAlone)
    {
        InputSchema schema = new([new InputColumn { Name = "url", Type = InputType.Text, Nullable = true }]);
        RowTransform url = new RowTransform.Url { Inputs = ["url"], MinimumCount = 2, MaximumTerms = 6 };
        RowSet training = TypedTable.Labelled(Urls.Some(400, seed: 1), seed: 3);
        FittedFeaturizer fitted = FeaturizerFit.Fit(training, View(schema, url), Targets[2]);

        AssertFeatures(fitted, url, training, Targets[2], Urls.Odd, new ScorerOptions { BatchRows = isAlone ? 1 : 100 });
        AssertFeatures(fitted, url, training, Targets[2], Urls.Some(300, seed: 2), new ScorerOptions { BatchRows = isAlone ? 1 : 100 });
    }

    [Fact]
    public void Graph_OfAUrl_NamesItsFeatures()
    {
        InputSchema schema = new([new InputColumn { Name = "url", Type = InputType.Text }]);
        RowSet training = TypedTable.Labelled(InputRows.OfTexts(schema, ["https://me@ads.example:8080/a/b/tag.min.JS?x=1&y#z", "/a//c.gif", "ads.example"]), seed: 3);
        RowTransform url = new RowTransform.Url { MinimumCount = 1 };
        FittedFeaturizer fitted = FeaturizerFit.Fit(training, View(schema, url), Targets[2]);
        using FeatureReader reader = new(fitted.Onnx);

        Assert.Equal(["url:depth", "url:parameters", "url:host=ads.example", "url:extension=gif", "url:extension=js"], fitted.FeatureNames);
        Assert.Equal([[3, 2, 1, 0, 1], [2, 0, 0, 1, 0], [0, 0, 1, 0, 0]], Dense(reader, training.Inputs));
    }

    [Fact]
    public void PlainHash_OfKnownTexts_IsWhatItsAuthorPublished()
    {
        Assert.Equal(0u, PlainHash.Of(""));
        Assert.Equal(0xba6bd213u, PlainHash.Of("test"));
        Assert.Equal(0xc0363e43u, PlainHash.Of("Hello, world!"));
    }

    [Fact]
    public void Graph_OfAllTransformsTogether_DoesNotDependOnTheBatch()
    {
        FittedFeaturizer fitted = FeaturizerFit.Fit(TypedTable.Rows(TypedTable.Inputs(300, seed: 1, nullable: true), Targets[2], seed: 3), FeatureViews.Typed(nullable: true), Targets[2]);
        InputRows rows = TypedTable.Inputs(200, seed: 5, nullable: true, strange: true);
        using FeatureReader together = new(fitted.Onnx);
        using FeatureReader alone = new(fitted.Onnx, new ScorerOptions { BatchRows = 1 });

        float[][] batch = Dense(together, rows);
        float[][] single = Dense(alone, rows);
        Assert.All(Enumerable.Range(0, rows.Count), row => Assert.Equal(fitted.FeatureNames.Zip(batch[row]), fitted.FeatureNames.Zip(single[row])));
        Assert.Equal(fitted.FeatureNames.Length, fitted.FeatureNames.Distinct().Count());
    }

    [Fact]
    public void Graph_OfRowsInWhichEverythingIsMissing_HasFeatures()
    {
        FittedFeaturizer fitted = FeaturizerFit.Fit(TypedTable.Rows(TypedTable.Inputs(300, seed: 1, nullable: true), Targets[2], seed: 3), FeatureViews.Typed(nullable: true), Targets[2]);
        InputRows nothing = new(TypedTable.Schema(nullable: true),
        [
            new InputValues.Texts([null, null]), new InputValues.Texts([null, null]), new InputValues.Texts([null, null]), new InputValues.Numbers([float.NaN, float.NaN]),
            new InputValues.Integers([0, 0], [false, false]), new InputValues.Integers([0, 0], [false, false]), new InputValues.Integers([0, 0], [false, false]),
        ]);
        using FeatureReader reader = new(fitted.Onnx);

        float[][] features = Dense(reader, nothing);

        Assert.Equal(features[0], features[1]);
        Assert.Equal(1, features[0][fitted.FeatureNames.IndexOf("missing(score)")]);
        Assert.Equal(1, features[0][fitted.FeatureNames.IndexOf("classes:missing")]);
        Assert.Equal(float.NaN, features[0][fitted.FeatureNames.IndexOf("hour(at)")]);
        Assert.Equal(0, features[0][fitted.FeatureNames.IndexOf("shape(note):length")]);
    }

    private static void AssertFeatures(FittedFeaturizer fitted, RowTransform transform, RowSet training, Target target, InputRows rows, ScorerOptions? options = null)
    {
        int[] columns = [.. transform.Inputs.Select(rows.Schema.IndexOf)];
        PlainTransforms[] plain = [.. columns.Select(column => new PlainTransforms(rows.Schema.Columns[column], training.Inputs.Columns[column], training.Labels, target))];
        using FeatureReader reader = new(fitted.Onnx, options);
        float[][] found = Dense(reader, rows);
        Assert.Equal(rows.Count, found.Length);
        for (int row = 0; row < rows.Count; row++)
        {
            double[] expected = [.. columns.SelectMany((column, i) => plain[i].Of(transform, rows.Columns[column], row))];
            Assert.Equal(fitted.FeatureNames.Length, expected.Length);
            for (int feature = 0; feature < expected.Length; feature++)
            {
                bool isEqual = double.IsNaN(expected[feature])
                    ? float.IsNaN(found[row][feature])
                    : Math.Abs(found[row][feature] - expected[feature]) <= 2e-6 * Math.Max(1, Math.Abs(expected[feature]));
                Assert.True(isEqual, $"row {row}, feature '{fitted.FeatureNames[feature]}': found {found[row][feature]}, expected {expected[feature]}");
            }
        }
    }

    private static float[][] Dense(FeatureReader reader, InputRows rows) => FeatureViews.Dense(reader.Read(rows), reader.FeatureCount);

    private static FeatureView View(InputSchema schema, RowTransform transform) => new() { Key = "id", Inputs = schema.Columns, Transforms = [transform] };
}
