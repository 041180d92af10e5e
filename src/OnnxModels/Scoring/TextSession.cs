using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Protocol;
using Microsoft.ML.OnnxRuntime;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>An inspected graph from text (string [N]) to floats, loaded in ONNX Runtime.</summary>
internal sealed class TextSession : IDisposable
{
    private static readonly string[] Inputs = [FeaturizerFit.InputName];

    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly string[] outputs;
    private readonly int batchRows;

    private TextSession(InferenceSession session, ModelProto model, int batchRows)
    {
        this.session = session;
        this.batchRows = batchRows;
        ValueInfoProto output = model.Graph.Output[0];
        outputs = [output.Name];
        OutputWidth = output.Type.TensorType.Shape.Dim is [_, var columns] ? checked((int)columns.DimValue) : 1;
        Metadata = model.MetadataProps
            .GroupBy(entry => entry.Key)
            .ToDictionary(entries => entries.Key, entries => entries.Last().Value);
    }

    /// <summary>The model's metadata properties.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Values of a row in the output, as the graph declares it.</summary>
    public int OutputWidth { get; }

    /// <summary>Inspects and loads a graph whose only input is text and whose only output has this name and rank.</summary>
    /// <exception cref="InvalidOnnxModelException">The bytes are not such a graph.</exception>
    public static TextSession Open(ReadOnlyMemory<byte> bytes, string output, int outputRank, ScorerOptions options)
    {
        ModelProto model = GraphInspection.Inspect(bytes, GraphLimits.Default);
        DemandSignature("input", model.Graph.Input, FeaturizerFit.InputName, DataType.String, rank: 1);
        DemandSignature("output", model.Graph.Output, output, DataType.Float, outputRank);
        using SessionOptions sessionOptions = new()
        {
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            return new TextSession(new InferenceSession(bytes.ToArray(), sessionOptions), model, options.BatchRows);
        }
        catch (OnnxRuntimeException refused)
        {
            throw new InvalidOnnxModelException($"ONNX Runtime does not load it: {refused.Message}", refused);
        }
    }

    /// <summary>Splits any number of inputs into batches and normalises them.</summary>
    /// <exception cref="RefusedInputException">An input breaks the rules.</exception>
    public IEnumerable<TextBatch> Normalize(IReadOnlyList<string> inputs, InputRules rules)
    {
        for (int first = 0; first < inputs.Count; first += batchRows)
        {
            string[] texts = new string[Math.Min(batchRows, inputs.Count - first)];
            for (int i = 0; i < texts.Length; i++)
            {
                texts[i] = rules.Normalize(inputs[first + i], first + i);
            }

            yield return new TextBatch(first, texts);
        }
    }

    /// <summary>Runs the graph on normalised texts, at least one: operators refuse empty batches.</summary>
    public SessionOutput Run(params ReadOnlySpan<string> texts)
    {
        using OrtValue input = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [texts.Length]);
        for (int i = 0; i < texts.Length; i++)
        {
            input.StringTensorSetElementAt(texts[i], i);
        }

        return new SessionOutput(session.Run(runOptions, Inputs, [input], outputs));
    }

    public void Dispose()
    {
        runOptions.Dispose();
        session.Dispose();
    }

    private static void DemandSignature(string what, IReadOnlyList<ValueInfoProto> values, string name, DataType type, int rank)
    {
        if (values is not [{ } value] || value.Name != name
            || value.Type?.TensorType is not { } tensor || tensor.ElemType != (int)type || tensor.Shape?.Dim.Count != rank)
        {
            throw new InvalidOnnxModelException(
                $"the graph's {what}s are [{string.Join(", ", values.Select(found => InputQuote.Of(found.Name)))}]; expected one {what} '{name}', {type} of rank {rank}");
        }
    }
}

/// <summary>Normalised texts of one batch; <paramref name="FirstRow"/> is the first one's position among all rows.</summary>
internal readonly record struct TextBatch(int FirstRow, string[] Texts);

/// <summary>One batch's output, in ONNX Runtime's memory until disposed.</summary>
internal readonly struct SessionOutput(IDisposableReadOnlyCollection<OrtValue> results) : IDisposable
{
    /// <summary>The values, row after row.</summary>
    public ReadOnlySpan<float> Values => results[0].GetTensorDataAsSpan<float>();

    public void Dispose() => results.Dispose();
}
