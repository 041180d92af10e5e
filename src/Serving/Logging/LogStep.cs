namespace Lifecycle.Serving.Logging;

/// <summary>Moments of a row's way into the store, between any two of which a test kills the process.</summary>
internal enum LogStep
{
    /// <summary>The row is in the process's own buffer.</summary>
    Appended,

    /// <summary>The operating system has it.</summary>
    Written,

    /// <summary>The part's file is complete, under its name of an open part.</summary>
    Closing,

    /// <summary>The part has its final name, which holds when it became known.</summary>
    Sealed,

    /// <summary>The Parquet files are made, nothing is uploaded.</summary>
    PartWritten,

    /// <summary>The store has acknowledged, the journal still holds the part.</summary>
    Uploaded,

    /// <summary>The journal has forgotten the part.</summary>
    Forgotten,
}
