using Google.Protobuf;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Protocol;
using Microsoft.ML.OnnxRuntime;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>An inspected graph from columns to floats, loaded in ONNX Runtime.</summary>
internal sealed class RowSession : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly string[] inputs;
    private readonly string[] outputs;
    private readonly ScorerOptions options;
    private readonly bool isOfOneRank;
    private TextSlot? spare;

    private RowSession(InferenceSession session, ModelProto model, GraphContract contract, string[] outputs, ScorerOptions options)
    {
        this.session = session;
        this.options = options;
        inputs = [.. model.Graph.Input.Select(input => input.Name)];
        this.outputs = outputs;
        isOfOneRank = contract.OfOneRank;
        HasFold = inputs[^1] == GraphSignature.FoldName;
        Rules = new SchemaRules(contract.Schema);
        Target = contract.Target;
        Intervals = contract.Intervals;
    }

    /// <summary>The model's metadata properties.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>Which rows the model takes.</summary>
    public SchemaRules Rules { get; }

    /// <summary>What the model answers.</summary>
    public Target Target { get; }

    /// <summary>What the intervals beside its answers promise; null where there are none.</summary>
    public IntervalDefinition? Intervals { get; }

    /// <summary>Values of a row in the output, as the graph declares it; 1 for an output of rank 1.</summary>
    public required int OutputWidth { get; init; }

    /// <summary>Whether the graph asks for the rows' folds, besides their columns.</summary>
    public bool HasFold { get; }

    /// <summary>Inspects and loads a graph of answers.</summary>
    /// <exception cref="InvalidOnnxModelException">The bytes are not such a graph.</exception>
    public static RowSession OpenModel(ReadOnlyMemory<byte> bytes, ScorerOptions options) => Open(bytes, GraphSignature.OutputOf, options);

    /// <summary>Inspects and loads a graph of features.</summary>
    /// <exception cref="InvalidOnnxModelException">The bytes are not such a graph.</exception>
    public static RowSession OpenFeaturizer(ReadOnlyMemory<byte> bytes, ScorerOptions options) => Open(bytes, _ => (GraphSignature.FeaturesName, 2), options);

    /// <summary>Inspects and loads a graph of answers, and gives what lies inside it instead: the feature vectors, and behind them the raw scores.</summary>
    /// <exception cref="InvalidOnnxModelException">The bytes are not such a graph, or have nothing of these names inside.</exception>
    public static RowSession OpenInside(ReadOnlyMemory<byte> bytes, int features, int scores, ScorerOptions options)
    {
        ModelProto model = GraphInspection.Inspect(bytes, GraphLimits.Default);
        GraphContract contract = Contract(model, GraphSignature.OutputOf, mayHaveFold: false, out SortedDictionary<string, string> metadata);
        model.Graph.Output.Clear();
        model.Graph.Output.Add(Tensors.Declare(GraphSignature.FeaturesName, DataType.Float, features));
        model.Graph.Output.Add(Tensors.Declare(GraphSignature.ScoresName, DataType.Float, scores));
        string[] outputs = [GraphSignature.FeaturesName, GraphSignature.ScoresName];
        return new RowSession(Load(model.ToByteArray(), options), model, contract, outputs, options) { Metadata = metadata, OutputWidth = features };
    }

    /// <summary>The ranges of rows that are handed over at a time.</summary>
    public IEnumerable<(int First, int Count)> Batches(int rows)
    {
        for (int first = 0; first < rows; first += options.BatchRows)
        {
            yield return (first, Math.Min(options.BatchRows, rows - first));
        }
    }

    /// <summary>Runs the graph on some rows, at least one: operators refuse empty batches.</summary>
    /// <param name="rows">Rows that <see cref="SchemaRules.Match"/> gave.</param>
    /// <param name="first">The first one.</param>
    /// <param name="count">How many.</param>
    /// <param name="folds">The rows' folds, where the graph asks for them.</param>
    /// <exception cref="RefusedInputException">A value is none of its column.</exception>
    public SessionOutput Run(InputRows rows, int first, int count, long[]? folds = null)
    {
        using RowTensors tensors = new(isOfOneRank ? [count] : [count, 1]);
        for (int i = 0; i < rows.Columns.Length; i++)
        {
            tensors.Add(Rules.Columns[i], rows.Columns[i], first, count);
        }

        if (folds is not null)
        {
            tensors.AddNumbers(folds);
        }

        return Run(tensors);
    }

    /// <summary>The answer to one text as it is, of a model that reads one text and answers one number.</summary>
    public float Run(string text)
    {
        TextSlot slot = Interlocked.Exchange(ref spare, null) ?? new TextSlot(isOfOneRank);
        try
        {
            return slot.Run(session, runOptions, inputs, outputs, text);
        }
        finally
        {
            // Of several threads at once, the first to end leaves its own to the next call.
            if (Interlocked.CompareExchange(ref spare, slot, null) is not null)
            {
                slot.Dispose();
            }
        }
    }

    public void Dispose()
    {
        spare?.Dispose();
        runOptions.Dispose();
        session.Dispose();
    }

    private SessionOutput Run(RowTensors tensors) => new(session.Run(runOptions, inputs, tensors.Values, outputs));

    private static RowSession Open(ReadOnlyMemory<byte> bytes, Func<Target, (string Name, int Rank)> outputOf, ScorerOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchRows, 1);
        ModelProto model = GraphInspection.Inspect(bytes, GraphLimits.Default);
        GraphContract contract = Contract(model, outputOf, mayHaveFold: true, out SortedDictionary<string, string> metadata);
        (string output, int rank) = outputOf(contract.Target);
        int width = rank == 1 ? 1 : checked((int)GraphSignature.Width(model.Graph.Output[0]));
        if (output == GraphSignature.ProbabilitiesName && width != contract.Target.Width)
        {
            throw new InvalidOnnxModelException($"the graph's output '{output}' declares {width} columns; expected the {contract.Target.Width} classes of its target");
        }

        string[] read = [output, .. contract.Intervals is null ? [] : GraphSignature.OutputsBeside(output, hasIntervals: true)];
        return new RowSession(Load(bytes, options), model, contract, read, options) { Metadata = metadata, OutputWidth = width };
    }

    // What the graph says of itself, which its inputs and outputs must keep to.
    private static GraphContract Contract(ModelProto model, Func<Target, (string Name, int Rank)> outputOf, bool mayHaveFold, out SortedDictionary<string, string> metadata)
    {
        metadata = new(StringComparer.Ordinal);
        foreach (StringStringEntryProto entry in model.MetadataProps)
        {
            metadata[entry.Key] = entry.Value;
        }

        GraphContract contract = GraphContract.Read(metadata);
        (string output, int rank) = outputOf(contract.Target);
        GraphSignature.Demand(model.Graph, output, rank, contract.Intervals is not null);
        GraphSignature.DemandInputs(model.Graph, contract, mayHaveFold && output == GraphSignature.FeaturesName && model.Graph.Input.LastOrDefault()?.Name == GraphSignature.FoldName);
        return contract;
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

/// <summary>One batch's output, in ONNX Runtime's memory until disposed.</summary>
internal readonly struct SessionOutput(IDisposableReadOnlyCollection<OrtValue> results) : IDisposable
{
    /// <summary>The values, row after row.</summary>
    public ReadOnlySpan<float> Values => ValuesOf(0);

    /// <summary>The values of one of several outputs.</summary>
    public ReadOnlySpan<float> ValuesOf(int output) => results[output].GetTensorDataAsSpan<float>();

    public void Dispose() => results.Dispose();
}
