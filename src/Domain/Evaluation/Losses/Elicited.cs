using static System.FormattableString;

namespace Lifecycle.Domain.Evaluation.Losses;

/// <summary>What a model has to answer so that a loss is least in expectation (Gneiting 2011), and so what its calibration is held to.</summary>
/// <param name="Kind">The kind of answer.</param>
/// <param name="Level">The quantile's level; .5 for centres; means nothing for the other kinds.</param>
public sealed record Elicited(ElicitedKind Kind, double Level = 0.5)
{
    /// <summary>Whether calibration is judged in bins of predictions too; of quantiles and centres only on the whole.</summary>
    public bool IsJudgedInBins => Kind is ElicitedKind.Probabilities or ElicitedKind.Mean;

    /// <summary>In words, such as <c>quantiles at 0.9</c>.</summary>
    public string Sentence => Kind switch
    {
        ElicitedKind.Probabilities => "probabilities",
        ElicitedKind.Mean => "means",
        ElicitedKind.Centre => "centres between median and mean",
        _ => Level == 0.5 ? "medians" : Invariant($"quantiles at {Level}"),
    };
}

/// <summary>Kinds of what a loss elicits.</summary>
public enum ElicitedKind
{
    /// <summary>The probability of each class.</summary>
    Probabilities,

    /// <summary>The mean of the labels.</summary>
    Mean,

    /// <summary>A quantile of the labels, such as the median.</summary>
    Quantile,

    /// <summary>Huber's centre: labels near the prediction pull as for a mean, far ones as for a median.</summary>
    Centre,
}
