using Microsoft.ML.OnnxRuntime;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>The tensors of one text and its one answer, filled anew for each call: making them takes longer than to write into them. For one thread at a time.</summary>
internal sealed class TextSlot : IDisposable
{
    private readonly float[] answer = new float[1];
    private readonly OrtValue[] inputs;
    private readonly OrtValue[] outputs;

    /// <param name="isOfOneRank">Whether the graph is one from before, whose input has rank 1.</param>
    public TextSlot(bool isOfOneRank)
    {
        inputs = [OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, isOfOneRank ? [1] : [1, 1])];
        outputs = [OrtValue.CreateTensorValueFromMemory(answer, [1])];
    }

    /// <summary>What the graph answers.</summary>
    public float Run(InferenceSession session, RunOptions options, string[] inputNames, string[] outputNames, string text)
    {
        inputs[0].StringTensorSetElementAt(text, 0);
        session.Run(options, inputNames, inputs, outputNames, outputs);
        return answer[0];
    }

    public void Dispose()
    {
        inputs[0].Dispose();
        outputs[0].Dispose();
    }
}
