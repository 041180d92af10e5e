namespace Lifecycle.Data;

/// <summary>
/// Input data is missing, truncated, empty or not what the model definition says. A retry cannot mend it: correct the data
/// or the definition.
/// </summary>
public sealed class InvalidDataSourceException : Exception
{
    /// <summary>Creates the exception; the message names the file or field, what was found and what to do.</summary>
    public InvalidDataSourceException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
