using Lifecycle.Data.Events;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Serving.Importing;

/// <summary>What to import into a model's log.</summary>
public sealed record LogImportRequest
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The file, in any of the formats of docs/formats/rows.md.</summary>
    public required string File { get; init; }

    /// <summary>What the model reads, where no model scores the rows; null is one text.</summary>
    public InputSchema? Schema { get; init; }

    /// <summary>What its labels are, where no model scores the rows; null is the classes 0 and 1.</summary>
    public Target? Target { get; init; }

    /// <summary>Which columns mean what. Rows without a time happened when they are imported.</summary>
    public EventColumns Columns { get; init; } = new();

    /// <summary>Provenance of the labels; the file's name unless told.</summary>
    public string? Source { get; init; }

    /// <summary>How the times are written; null for ISO 8601 with a zone. See <see cref="EventRules.TimeFormat"/>.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>Earliest time that is believed; null takes 1970-01-01.</summary>
    public DateTimeOffset? EarliestTime { get; init; }

    /// <summary>Latest time that is believed; null takes a day from now.</summary>
    public DateTimeOffset? LatestTime { get; init; }

    /// <summary>Largest share of refused rows with which the file is taken; see <see cref="EventRules.MaximumRefusedShare"/>.</summary>
    public double MaximumRefusedShare { get; init; } = 0.05;
}
