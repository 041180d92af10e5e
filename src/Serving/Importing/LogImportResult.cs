using Lifecycle.Domain.Scoring;

namespace Lifecycle.Serving.Importing;

/// <summary>What an import put into the log.</summary>
public sealed record LogImportResult
{
    /// <summary>Identity of the import; what it put into the log can be taken back by it.</summary>
    public string Id { get; init; } = "";

    /// <summary>Rows of the file.</summary>
    public long RowCount { get; init; }

    /// <summary>Predictions put into the log, refused inputs among them.</summary>
    public long PredictionCount { get; init; }

    /// <summary>Labels put into the log.</summary>
    public long LabelCount { get; init; }

    /// <summary>Rows that could not be used, by file and line; inputs that the model refused are logged, and not among them.</summary>
    public RefusalSummary Refusals { get; init; } = new();
}
