using System.Collections.Immutable;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Protocol;
using Microsoft.ML.OnnxRuntime;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.InferenceSpeed;

/// <summary>The trees behind one tensor of features, in ONNX Runtime on one thread, with input and output in the caller's memory.</summary>
internal sealed class TensorGraph : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly OrtValue input;
    private readonly OrtValue output;

    public TensorGraph(ModelFragment fragment, float[] rows, int count)
    {
        using SessionOptions threads = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        session = new InferenceSession(Compose(fragment), threads);
        input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, rows.AsMemory(), [count, fragment.FeatureCount]);
        output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, Answers = new float[count], [count]);
    }

    public Memory<float> Answers { get; }

    public void Run() => session.Run(options, ["features"], [input], ["value"], [output]);

    public void Dispose()
    {
        input.Dispose();
        output.Dispose();
        options.Dispose();
        session.Dispose();
    }

    private static byte[] Compose(ModelFragment fragment)
    {
        GraphProto graph = new() { Name = "trees" };
        graph.Input.Add(Tensors.Declare("features", DataType.Float, fragment.FeatureCount));
        AnswerNodes.Append(graph, "features", fragment, new Target.Regression());
        return GraphWriter.Serialize(graph, ImmutableSortedDictionary<string, string>.Empty);
    }
}
