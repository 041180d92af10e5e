using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Models.Tests.OnnxModels.Tables;
using Lifecycle.OnnxModels.Featurizers;

namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>Feature views that tests share.</summary>
internal static class FeatureViews
{
    /// <summary>All three transforms over host names.</summary>
    public static FeatureView Hosts { get; } = With(new RowTransform.CharacterNgrams(), new RowTransform.ShapeCounts(), new RowTransform.TopLevelDomainOneHot());

    public static FeatureView With(params RowTransform[] transforms) => new()
    {
        Key = "domain",
        Input = "domain",
        Kind = InputKind.HostName,
        Transforms = [.. transforms],
    };

    /// <summary>Fits a view of one text on rows with a yes-or-no label.</summary>
    public static FittedFeaturizer Fit(IEnumerable<(string Input, bool Label)> rows, FeatureView view) =>
        FeaturizerFit.Fit(RowsOf([.. rows], view.Schema), view, new Target.Binary());

    /// <summary>Rows of one text.</summary>
    public static RowSet RowsOf((string Input, bool Label)[] rows, InputSchema schema) => new()
    {
        Inputs = InputRows.OfTexts(schema, rows.Select(row => row.Input)),
        Labels = [.. rows.Select(row => row.Label ? 1.0 : 0.0)],
    };

    /// <summary>All transforms over a table with a column of every type.</summary>
    public static FeatureView Typed(bool nullable) => new()
    {
        Key = "id",
        Inputs = TypedTable.Schema(nullable).Columns,
        Transforms =
        [
            new RowTransform.Numeric { Inputs = ["score", "bias", "flag", "at"], Impute = Imputation.Median, Log1p = true, Indicator = nullable },
            new RowTransform.OneHot { Inputs = ["classes", "flag", "bias"], MinimumCount = 5, Unknown = UnknownLevel.Own },
            new RowTransform.Cross { Inputs = ["classes", "flag"], MinimumCount = 5, Unknown = UnknownLevel.Own },
            new RowTransform.Cross { Inputs = ["bias", "classes"], MinimumCount = 5 },
            new RowTransform.Frequency { Inputs = ["classes", "host"] },
            new RowTransform.TargetEncoding { Inputs = ["classes", "note"], Smoothing = 5 },
            new RowTransform.Ordinal { Inputs = ["classes"], Levels = ["Alpha", "Beta"] },
            new RowTransform.DateParts { Inputs = ["at"], Parts = [DatePart.Hour, DatePart.Year] },
            new RowTransform.CharacterNgrams { Inputs = ["note", "host", "classes"], MinimumCount = 10, MaximumTerms = 20 },
            new RowTransform.ShapeCounts { Inputs = ["note", "classes"] },
            new RowTransform.TopLevelDomainOneHot { Inputs = ["host"], MinimumCount = 5 },
            new RowTransform.Hashed { Inputs = ["host", "classes"], Buckets = 8 },
            new RowTransform.WordNgrams { Inputs = ["note", "classes"], MaximumLength = 2, MinimumCount = 10, Weight = TermWeight.TfIdf },
            new RowTransform.Url { Inputs = ["note"], MinimumCount = 10 },
        ],
    };

    /// <summary>Feature vectors, zeros included.</summary>
    public static float[][] Dense(IEnumerable<FeatureBatch> batches, int featureCount) =>
    [
        .. batches.SelectMany(batch => Enumerable.Range(0, batch.RowCount).Select(row =>
        {
            float[] dense = new float[featureCount];
            foreach ((int entry, int feature) in batch.Indices(row).ToArray().Index())
            {
                dense[feature] = batch.Values(row)[entry];
            }

            return dense;
        })),
    ];

    public static FeatureView Text(params RowTransform[] transforms) => With(transforms) with { Kind = InputKind.Text };
}
