using System.Globalization;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// A row breaks the model's <see cref="SchemaRules"/>. Whoever takes rows from a person asks <see cref="SchemaRules.Faults"/> or
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

    /// <summary>Position of the row, counted from 0.</summary>
    public long Row { get; }

    /// <summary>The column, what was found and what is expected.</summary>
    public string Reason { get; }
}
