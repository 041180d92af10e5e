using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Protocol;
using Microsoft.ML.OnnxRuntime;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>Runs what stage Export puts behind the featurizer on feature vectors alone.</summary>
internal static class FragmentGraphs
{
    public static byte[] Compose(ModelFragment fragment, Target target)
    {
        GraphProto graph = new() { Name = "fragment" };
        graph.Input.Add(Tensors.Declare("features", DataType.Float, fragment.FeatureCount));
        AnswerNodes.Append(graph, "features", fragment, target);
        return GraphWriter.Serialize(graph, ImmutableSortedDictionary<string, string>.Empty);
    }

    public static Answers Run(ModelFragment fragment, Target target, float[][] rows) => Run(fragment, target, rows, out _);

    /// <summary>The answers, and the labels where there are classes.</summary>
    public static Answers Run(ModelFragment fragment, Target target, float[][] rows, out string[] labels)
    {
        using InferenceSession session = new(Compose(fragment, target));
        using OrtValue input = OrtValue.CreateTensorValueFromMemory<float>([.. rows.SelectMany(row => row)], [rows.Length, rows[0].Length]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["features"], [input], session.OutputNames);
        labels = outputs.Count > 1 ? outputs[1].GetStringTensorAsArray() : [];
        return new Answers(target.Width, [.. outputs[0].GetTensorDataAsSpan<float>()]);
    }
}
