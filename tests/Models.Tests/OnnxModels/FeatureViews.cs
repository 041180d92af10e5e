using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
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
    public static FittedFeaturizer Fit(IEnumerable<(string Input, bool Label)> rows, FeatureView view)
    {
        (string Input, bool Label)[] all = [.. rows];
        RowSet training = new()
        {
            Inputs = InputRows.OfTexts(view.Schema, all.Select(row => row.Input)),
            Labels = [.. all.Select(row => row.Label ? 1d : 0d)],
        };
        return FeaturizerFit.Fit(training, view, new Target.Binary());
    }

    public static FeatureView Text(params RowTransform[] transforms) => With(transforms) with { Kind = InputKind.Text };
}
