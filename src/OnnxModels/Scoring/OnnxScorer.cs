namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// Scores raw texts with a shipped graph: the probability of label 1. The bytes are inspected before ONNX Runtime sees
/// them. Safe for use by several threads at once; dispose it when none of them scores any more.
/// </summary>
public sealed class OnnxScorer : IDisposable
{
    private readonly TextSession session;

    /// <summary>Loads a model from its bytes.</summary>
    /// <exception cref="InvalidOnnxModelException">The bytes are not a model of this product.</exception>
    public OnnxScorer(ReadOnlyMemory<byte> model, ScorerOptions? options = null)
    {
        session = TextSession.Open(model, GraphSignature.ProbabilityName, outputRank: 1, options ?? new ScorerOptions());
    }

    /// <summary>What the model takes as input. Check a person's input here before scoring it.</summary>
    public InputRules Rules => session.Rules;

    /// <summary>The properties that the file carries, such as the model's name.</summary>
    public IReadOnlyDictionary<string, string> Metadata => session.Metadata;

    /// <summary>The probability of one text.</summary>
    /// <exception cref="RefusedInputException">The text breaks the <see cref="Rules"/>.</exception>
    public float Score(string input)
    {
        using SessionOutput output = session.Run(Rules.Normalize(input, row: 0));
        return output.Values[0];
    }

    /// <summary>The probabilities of many texts, in their order; none for none.</summary>
    /// <exception cref="RefusedInputException">A text breaks the <see cref="Rules"/>; the exception names its position.</exception>
    public float[] Score(IReadOnlyList<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        float[] probabilities = new float[inputs.Count];
        foreach (TextBatch batch in session.Normalize(inputs))
        {
            using SessionOutput output = session.Run(batch.Texts);
            output.Values.CopyTo(probabilities.AsSpan(batch.FirstRow));
        }

        return probabilities;
    }

    public void Dispose() => session.Dispose();
}
