using Lifecycle.OnnxModels.Protocol;
using Microsoft.ML.OnnxRuntime;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>An inspected graph from text (string [N]) to floats, loaded in ONNX Runtime.</summary>
internal sealed class TextSession : IDisposable
{
    private static readonly string[] Inputs = [GraphSignature.InputName];

    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly string[] outputs;
    private readonly int batchRows;

    private TextSession(InferenceSession session, string output, int batchRows)
    {
        this.session = session;
        this.batchRows = batchRows;
        outputs = [output];
    }

    /// <summary>The model's metadata properties.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>What the model takes as input.</summary>
    public required InputRules Rules { get; init; }

    /// <summary>Values of a row in the output, as the graph declares it; 1 for an output of rank 1.</summary>
    public required int OutputWidth { get; init; }

    /// <summary>Inspects and loads a graph whose only input is text and whose only output has this name and rank.</summary>
    /// <exception cref="InvalidOnnxModelException">The bytes are not such a graph.</exception>
    public static TextSession Open(ReadOnlyMemory<byte> bytes, string output, int outputRank, ScorerOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchRows, 1);
        ModelProto model = GraphInspection.Inspect(bytes, GraphLimits.Default);
        GraphSignature.Demand(model.Graph, output, outputRank);
        SortedDictionary<string, string> metadata = new(StringComparer.Ordinal);
        foreach (StringStringEntryProto entry in model.MetadataProps)
        {
            metadata[entry.Key] = entry.Value;
        }

        InputRules rules = InputRules.FromMetadata(metadata);
        return new TextSession(Load(bytes, options), output, options.BatchRows)
        {
            Metadata = metadata,
            Rules = rules,
            OutputWidth = outputRank == 1 ? 1 : checked((int)GraphSignature.Width(model.Graph.Output[0])),
        };
    }

    /// <summary>Splits any number of inputs into batches and normalises them.</summary>
    /// <exception cref="RefusedInputException">An input breaks the rules.</exception>
    public IEnumerable<TextBatch> Normalize(IReadOnlyList<string> inputs)
    {
        for (int first = 0; first < inputs.Count; first += batchRows)
        {
            string[] texts = new string[Math.Min(batchRows, inputs.Count - first)];
            for (int i = 0; i < texts.Length; i++)
            {
                texts[i] = Rules.Normalize(inputs[first + i], first + i);
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

    private static InferenceSession Load(ReadOnlyMemory<byte> bytes, ScorerOptions options)
    {
        using SessionOptions sessionOptions = new()
        {
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            return new InferenceSession(bytes.ToArray(), sessionOptions);
        }
        catch (OnnxRuntimeException refused)
        {
            throw new InvalidOnnxModelException($"ONNX Runtime does not load it: {refused.Message}", refused);
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
