namespace Lifecycle.Data;

/// <summary>
/// Input data is missing, truncated, empty or not what the model definition says. A retry cannot mend it: correct the data
/// or the definition.
/// </summary>
public sealed class InvalidDataSourceException : Exception
{
    /// <summary>Longest message: data may be quoted in one, and must not fill a log or a run's history.</summary>
    public const int MaximumCharacters = 2000;

    /// <summary>Creates the exception; the message names the file or field, what was found and what to do, and is cut at <see cref="MaximumCharacters"/>.</summary>
    public InvalidDataSourceException(string message, Exception? innerException = null)
        : base(message.Length <= MaximumCharacters ? message : message[..MaximumCharacters] + "…", innerException)
    {
    }
}
