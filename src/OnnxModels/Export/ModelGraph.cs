using System.Collections.Immutable;
using Lifecycle.OnnxModels.Ensembles;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Export;

/// <summary>
/// Writes the one graph that ships: featurizer, trees and link, from <c>input</c> (string [N], raw text) to
/// <c>probability</c> (float [N], of label 1). Same parts give the same bytes. Format: docs/formats/model-onnx.md.
/// </summary>
public static class ModelGraph
{
    /// <summary>Composes a featurizer and the ensemble trained on its features.</summary>
    /// <param name="featurizer">Bytes of <see cref="FittedFeaturizer.Onnx"/>.</param>
    /// <param name="ensemble">The trees and link.</param>
    /// <param name="metadata">Properties that the file carries, such as the model's name and the DataSnapshot's digest.</param>
    /// <exception cref="InvalidOnnxModelException">The featurizer is not one, or counts other features than the ensemble.</exception>
    /// <exception cref="InvalidEnsembleException">The ensemble is unsound.</exception>
    public static byte[] Compose(ReadOnlyMemory<byte> featurizer, TreeEnsemble ensemble, ImmutableSortedDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentNullException.ThrowIfNull(metadata);
        EnsembleRules.Demand(ensemble);
        ModelProto model = GraphInspection.Inspect(featurizer, GraphLimits.Default);
        GraphProto graph = model.Graph;
        DemandFeatures(graph, ensemble.FeatureCount);

        graph.Name = "model";
        GraphWriter writer = new(graph);
        string score = TreeEnsembleNode.Append(writer, FeaturizerFit.FeaturesName, ensemble);
        AppendLink(writer, score, ensemble.Link);
        graph.Output.Clear();
        graph.Output.Add(Tensors.Declare(GraphSignature.ProbabilityName, DataType.Float));
        return GraphWriter.Serialize(graph, Merge(model, metadata));
    }

    private static void AppendLink(GraphWriter writer, string score, LogisticLink link)
    {
        if (link != new LogisticLink(1, 0))
        {
            string slope = writer.Constant(Tensors.Floats("link_slope", [link.Slope], 1));
            string offset = writer.Constant(Tensors.Floats("link_offset", [link.Offset], 1));
            string scaled = writer.Node(OperatorDomains.Standard, "Mul", "scaled_score", [score, slope]);
            score = writer.Node(OperatorDomains.Standard, "Add", "logit", [scaled, offset]);
        }

        string column = writer.Node(OperatorDomains.Standard, "Sigmoid", "probability_column", [score]);
        string axis = writer.Constant(Tensors.Integers("probability_axis", [1], 1));
        writer.Node(OperatorDomains.Standard, "Squeeze", GraphSignature.ProbabilityName, [column, axis]);
    }

    private static void DemandFeatures(GraphProto graph, int featureCount)
    {
        GraphSignature.Demand(graph, FeaturizerFit.FeaturesName, outputRank: 2);
        long found = GraphSignature.Width(graph.Output[0]);
        if (found != featureCount)
        {
            throw new InvalidOnnxModelException(
                $"the featurizer's output '{FeaturizerFit.FeaturesName}' has {found} columns; expected the {featureCount} that the ensemble was trained on");
        }
    }

    private static Dictionary<string, string> Merge(ModelProto model, ImmutableSortedDictionary<string, string> metadata)
    {
        Dictionary<string, string> merged = model.MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value);
        foreach ((string key, string value) in metadata)
        {
            if (!merged.TryAdd(key, value))
            {
                throw new ArgumentException($"Metadata property '{key}' belongs to the featurizer; choose another name.", nameof(metadata));
            }
        }

        return merged;
    }
}
