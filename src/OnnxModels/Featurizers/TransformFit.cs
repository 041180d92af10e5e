using Lifecycle.Domain.Models;
using Lifecycle.Domain.Training;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>Sees every row of the TrainingSet once and then settles what its transform's features are.</summary>
internal abstract class TransformFit
{
    /// <summary>The fit of a transform.</summary>
    public static TransformFit For(RowTransform transform) => transform switch
    {
        RowTransform.CharacterNgrams ngrams => new CharacterNgramFit(ngrams),
        RowTransform.TopLevelDomainOneHot domains => new TopLevelDomainFit(domains),
        RowTransform.ShapeCounts => new ShapeCountFit(),
        _ => throw new ArgumentOutOfRangeException(nameof(transform), transform, "Unknown row transform."),
    };

    /// <summary>Counts one row; <paramref name="text"/> is normalised and in lower case.</summary>
    public abstract void See(string text, bool label);

    /// <summary>The transform with its vocabulary. The order of the rows does not matter.</summary>
    public abstract FittedTransform Finish();
}
