namespace Lifecycle.OnnxModels.Scoring;

/// <summary>What the <see cref="InputRules"/> say about one input.</summary>
public abstract record InputCheck
{
    private InputCheck()
    {
    }

    /// <summary>The input may be scored.</summary>
    /// <param name="Text">The normalised text, which is what the graph reads.</param>
    public sealed record Accepted(string Text) : InputCheck;

    /// <summary>The input is not what the model was made for.</summary>
    /// <param name="Reason">What was found and what is expected, in a sentence for the person who typed it.</param>
    public sealed record Refused(string Reason) : InputCheck;
}
