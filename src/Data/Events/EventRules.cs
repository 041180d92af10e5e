using Lifecycle.Data.Tables;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Events;

/// <summary>What the rows of a file of events must be.</summary>
public sealed record EventRules
{
    /// <summary>What the model reads; one text unless told.</summary>
    public InputSchema Schema { get; init; } = new([new() { Name = "input", Type = InputType.Text }]);

    /// <summary>What its answers and labels are; the classes 0 and 1 unless told.</summary>
    public Target Target { get; init; } = new Target.Binary();

    /// <summary>How the times are written: null for ISO 8601 with a zone, or <c>unix</c>, <c>unix-ms</c>, or a .NET pattern such as <c>dd/MM/yyyy HH:mm</c> (UTC unless it holds <c>zzz</c> or <c>K</c>).</summary>
    public string? TimeFormat { get; init; }

    /// <summary>Earliest time that is believed; 1970-01-01 unless told.</summary>
    public DateTimeOffset Earliest { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Latest time that is believed: a day from now, unless told.</summary>
    public required DateTimeOffset Latest { get; init; }

    /// <summary>Largest share of refused rows with which a file is taken, 0 to 1; above it, and above ten rows, the file is refused.</summary>
    public double MaximumRefusedShare { get; init; } = RefusedRows.TakenShare;

    /// <summary>Whether a row must have a prediction or a label.</summary>
    public bool IsTold { get; init; }

    /// <summary>Most different days of the events, and of the labels: each is a part of the log, or several.</summary>
    public const int MaximumDays = 4000;

    /// <summary>The rules at a moment.</summary>
    public static EventRules At(DateTimeOffset now) => new() { Latest = now.AddDays(1) };
}
