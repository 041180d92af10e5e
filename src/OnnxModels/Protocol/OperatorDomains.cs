namespace Lifecycle.OnnxModels.Protocol;

/// <summary>The operator sets that graphs of this product use, and the only ones a scorer accepts.</summary>
internal static class OperatorDomains
{
    /// <summary>The standard operators, opset 21.</summary>
    public const string Standard = "";

    /// <summary>The classical machine-learning operators, opset 5 (the first with the compact TreeEnsemble).</summary>
    public const string MachineLearning = "ai.onnx.ml";

    /// <summary>ONNX Runtime's own, present in every build of it, the browser's included; used for its Tokenizer and its MurmurHash3.</summary>
    public const string Microsoft = "com.microsoft";

    /// <summary>The other spelling of <see cref="Standard"/>, which ONNX allows.</summary>
    public const string StandardAlias = "ai.onnx";

    /// <summary>The imports every written model carries, in the order they are written.</summary>
    public static IReadOnlyList<(string Domain, long Version)> Imports { get; } =
        [(Standard, 21), (MachineLearning, 5), (Microsoft, 1)];

    public static bool IsKnown(string domain) => domain is Standard or StandardAlias or MachineLearning or Microsoft;
}
