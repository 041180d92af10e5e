using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>
/// Fits a <see cref="FeatureView"/> on the TrainingSet and compiles it to one ONNX graph, from <c>input</c> (string [N])
/// to <c>features</c> (float [N, F]). Same rows and definition give the same bytes, in whatever order the rows come.
/// </summary>
public static class FeaturizerFit
{
    /// <summary>Name of the featurizer's only output.</summary>
    internal const string FeaturesName = "features";

    /// <summary>Fits the transforms on the rows of the TrainingSet, and on those alone.</summary>
    /// <exception cref="InvalidFeatureViewException">The view asks for what cannot be compiled, or leaves no feature at all.</exception>
    /// <exception cref="RefusedInputException">A row's input breaks the view's rules.</exception>
    public static FittedFeaturizer Fit(IEnumerable<(string Input, bool Label)> trainingRows, FeatureView view)
    {
        ArgumentNullException.ThrowIfNull(trainingRows);
        FeatureViewRules.Demand(view);
        InputRules rules = InputRules.For(view);
        ImmutableArray<TransformFit> fits = [.. view.Transforms.Select(TransformFit.For)];
        long row = 0;
        foreach ((string input, bool label) in trainingRows)
        {
            string text = LowerCase(rules.Normalize(input, row++));
            foreach (TransformFit fit in fits)
            {
                fit.See(text, label);
            }
        }

        // An empty vocabulary has no node: operators refuse empty pools.
        ImmutableArray<FittedTransform> fitted = [.. fits.Select(fit => fit.Finish()).Where(transform => transform.FeatureNames.Length > 0)];
        return fitted.IsEmpty
            ? throw new InvalidFeatureViewException($"none of its transforms found a feature in {row} training rows; lower their MinimumCount or bring more rows")
            : Compile(fitted, rules);
    }

    private static FittedFeaturizer Compile(ImmutableArray<FittedTransform> transforms, InputRules rules)
    {
        GraphProto graph = new() { Name = "featurizer" };
        GraphWriter writer = new(graph);
        FeaturizerGraph nodes = new(writer, GraphSignature.InputName);
        ImmutableArray<string> names = [.. transforms.SelectMany(transform => transform.FeatureNames)];
        graph.Input.Add(Tensors.Declare(GraphSignature.InputName, DataType.String));
        ImmutableArray<string> parts = [.. transforms.Select(transform => transform.Compile(nodes))];
        writer.Node(OperatorDomains.Standard, "Concat", FeaturesName, parts, Attributes.Integer("axis", 1));
        graph.Output.Add(Tensors.Declare(FeaturesName, DataType.Float, names.Length));
        return new FittedFeaturizer(GraphWriter.Serialize(graph, rules.ToMetadata()), names);
    }

    // As the graph does it: A to Z and nothing else.
    internal static string LowerCase(string text) => string.Create(text.Length, text, static (lower, source) =>
    {
        for (int i = 0; i < lower.Length; i++)
        {
            lower[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
        }
    });
}
