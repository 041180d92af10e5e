using System.Globalization;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// A row's input breaks the model's <see cref="InputRules"/>. Whoever takes input from a person calls
/// <see cref="InputRules.Check"/> first; inside a pipeline, data that passed its contract does not end here.
/// </summary>
public sealed class RefusedInputException : Exception
{
    internal RefusedInputException(long row, string reason)
        : base(string.Create(CultureInfo.InvariantCulture, $"Row {row} (counted from 0) cannot be scored: {reason}."))
    {
        Row = row;
        Reason = reason;
    }

    /// <summary>Position of the row in the batch, counted from 0.</summary>
    public long Row { get; }

    /// <summary>What was found and what is expected.</summary>
    public string Reason { get; }
}
