namespace Lifecycle.Serving.Logging;

/// <summary>Where the rows of the part in the making wait. Used by one thread at a time.</summary>
internal interface IPartBuffer : IDisposable
{
    /// <summary>Rows in the part.</summary>
    int Count { get; }

    /// <summary>Adds a row.</summary>
    /// <exception cref="IOException">The disk refuses; the row is not in the part.</exception>
    void Append(ServedPrediction row);

    /// <summary>Hands what was appended to the operating system and, with <paramref name="toDisk"/>, forces it to disk.</summary>
    void Write(bool toDisk);

    /// <summary>Closes the part, known from <paramref name="knownTime"/> on, and begins another; null when it is empty.</summary>
    ISealedPart? Seal(DateTimeOffset knownTime);
}

/// <summary>A closed part that waits for its upload.</summary>
internal interface ISealedPart
{
    /// <summary>Its rows, and how many could not be read.</summary>
    SealedRows Read();

    /// <summary>Forgets the part, after its upload was acknowledged.</summary>
    void Forget();
}
