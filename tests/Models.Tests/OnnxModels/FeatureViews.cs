using Lifecycle.Domain.Models;

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

    public static FeatureView Text(params RowTransform[] transforms) => With(transforms) with { Kind = InputKind.Text };
}
