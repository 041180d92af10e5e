using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Domain;
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
    /// <summary>Metadata property with the target, as JSON.</summary>
    internal const string TargetKey = "lifecycle.target";

    /// <summary>Composes a featurizer and the fragment trained on its features.</summary>
    /// <param name="featurizer">Bytes of <see cref="FittedFeaturizer.Onnx"/>.</param>
    /// <param name="fragment">What was trained, with its link.</param>
    /// <param name="target">What the model predicts; decides the outputs, and goes into the metadata.</param>
    /// <param name="metadata">Properties that the file carries, such as the model's name and the DataSnapshot's digest.</param>
    /// <exception cref="InvalidOnnxModelException">The featurizer is not one, or counts other features than the fragment.</exception>
    /// <exception cref="InvalidFragmentException">The fragment is unsound, or does not suit the target.</exception>
    public static byte[] Compose(ReadOnlyMemory<byte> featurizer, ModelFragment fragment, Target target, ImmutableSortedDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(fragment);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(metadata);
        ModelProto model = GraphInspection.Inspect(featurizer, GraphLimits.Default);
        GraphProto graph = model.Graph;
        DemandFeatures(graph, fragment.FeatureCount);

        graph.Name = "model";
        AnswerNodes.Append(graph, FeaturizerFit.FeaturesName, fragment, target);
        return GraphWriter.Serialize(graph, Merge(model, metadata.Add(TargetKey, JsonSerializer.Serialize(target, DomainJson.Compact))));
    }

    private static void DemandFeatures(GraphProto graph, int featureCount)
    {
        GraphSignature.Demand(graph, FeaturizerFit.FeaturesName, outputRank: 2);
        long found = GraphSignature.Width(graph.Output[0]);
        if (found != featureCount)
        {
            throw new InvalidOnnxModelException(
                $"the featurizer's output '{FeaturizerFit.FeaturesName}' has {found} columns; expected the {featureCount} that the fragment was trained on");
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
