using System.Collections.Immutable;

namespace Lifecycle.Domain.Schedules;

/// <summary>Which rows a schedule has scored. Exactly one of <see cref="BlobPrefix"/> and <see cref="WorkerFiles"/> is given.</summary>
public sealed record ScheduledRows
{
    /// <summary>Prefix of blobs in the store, taken in the order of their names.</summary>
    public string? BlobPrefix { get; init; }

    /// <summary>Files on the workers' machines, such as <c>/data/today-*.csv</c>; every worker must see the same ones.</summary>
    public string? WorkerFiles { get; init; }

    /// <summary>Column of the one text; <c>input</c> unless told. A model of columns finds them by their names.</summary>
    public string? InputColumn { get; init; }

    /// <summary>Columns of the files that a model of columns does not read.</summary>
    public ImmutableArray<string> IgnoredColumns { get; init; } = [];

    /// <summary>Column of the event's time; the batch's beginning unless told.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Column of the request's identity; made of the batch's key and the row's position unless told.</summary>
    public string? RequestIdColumn { get; init; }
}
