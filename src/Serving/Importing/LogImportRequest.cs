using Lifecycle.Data.Events;

namespace Lifecycle.Serving.Importing;

/// <summary>What to import into a model's log.</summary>
public sealed record LogImportRequest
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The file: Parquet, comma-separated values with a header, or plain lines.</summary>
    public required string File { get; init; }

    /// <summary>Which columns mean what. Rows without a time happened when they are imported.</summary>
    public EventColumns Columns { get; init; } = new();

    /// <summary>Provenance of the labels; the file's name unless told.</summary>
    public string? Source { get; init; }
}
