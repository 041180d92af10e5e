using System.Collections.Immutable;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.OnnxModels.Export;

/// <summary>
/// Writes the one graph that ships: featurizer, fragment and link, from raw columns to the target's answer. Same parts give the same
/// bytes. Format: docs/formats/model-onnx.md.
/// </summary>
public static class ModelGraph
{
    /// <summary>Composes a featurizer and the fragment trained on its features.</summary>
    /// <param name="featurizer">Bytes of <see cref="FittedFeaturizer.Onnx"/>, the graph that ships.</param>
    /// <param name="fragment">What was trained, with its link.</param>
    /// <param name="target">What the model predicts; decides the outputs, and goes into the metadata.</param>
    /// <param name="metadata">Properties that the file carries, such as the model's name and the DataSnapshot's digest.</param>
    /// <param name="intervals">Ends of the interval beside each answer; null for none.</param>
    /// <exception cref="InvalidOnnxModelException">The featurizer is not one, is the one for training rows, or counts other features than the fragment.</exception>
    /// <exception cref="InvalidFragmentException">The fragment is unsound, or does not suit the target.</exception>
    public static byte[] Compose(ReadOnlyMemory<byte> featurizer, ModelFragment fragment, Target target, ImmutableSortedDictionary<string, string> metadata, IntervalFragments? intervals = null)
    {
        ArgumentNullException.ThrowIfNull(fragment);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(metadata);
        ModelProto model = GraphInspection.Inspect(featurizer, GraphLimits.Default);
        GraphProto graph = model.Graph;
        Dictionary<string, string> properties = model.MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value);
        GraphSignature.DemandInputs(graph, GraphContract.Read(properties), withFold: false);
        DemandFeatures(graph, fragment.FeatureCount);

        graph.Name = "model";
        AnswerNodes.Append(graph, GraphSignature.FeaturesName, fragment, target, intervals);
        return GraphWriter.Serialize(graph, Merge(properties, metadata.AddRange(GraphContract.MetadataOf(target)).AddRange(GraphContract.MetadataOf(intervals?.Definition))));
    }

    private static void DemandFeatures(GraphProto graph, int featureCount)
    {
        GraphSignature.Demand(graph, GraphSignature.FeaturesName, outputRank: 2);
        long found = GraphSignature.Width(graph.Output[0]);
        if (found != featureCount)
        {
            throw new InvalidOnnxModelException(
                $"the featurizer's output '{GraphSignature.FeaturesName}' has {found} columns; expected the {featureCount} that the fragment was trained on");
        }
    }

    private static Dictionary<string, string> Merge(Dictionary<string, string> merged, ImmutableSortedDictionary<string, string> metadata)
    {
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
