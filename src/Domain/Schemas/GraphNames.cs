namespace Lifecycle.Domain.Schemas;

/// <summary>The names that a model's graph gives to what is its own, and which no input column may have. Capitals count.</summary>
public static class GraphNames
{
    /// <summary>Output of a binary target: the probability of the positive class.</summary>
    public const string Probability = "probability";

    /// <summary>Output of a multiclass target: the probability of each class.</summary>
    public const string Probabilities = "probabilities";

    /// <summary>Second output of a multiclass target: the likeliest class.</summary>
    public const string Label = "label";

    /// <summary>Output of a regression: the number.</summary>
    public const string Value = "value";

    /// <summary>Second output of a regression with intervals: the lower end. A name of the graph there alone.</summary>
    public const string Lower = "lower";

    /// <summary>Third output of a regression with intervals: the upper end. A name of the graph there alone.</summary>
    public const string Upper = "upper";

    /// <summary>Output of a featurizer: the feature vector.</summary>
    public const string Features = "features";

    /// <summary>Ends the name of the input that says whether a value is there.</summary>
    public const string PresenceSuffix = "_present";

    /// <summary>Names of the outputs.</summary>
    public static IReadOnlyList<string> Outputs { get; } = [Probability, Probabilities, Label, Value, Features];
}
