namespace Lifecycle.Domain.Sensors;

/// <summary>
/// Something that tells that a model's data changed. Exactly one of <see cref="File"/>, <see cref="Blob"/> and
/// <see cref="Webhook"/> is given. Each content starts one RetrainingRun, through the launcher, whoever sees it first.
/// </summary>
public sealed record SensorDefinition
{
    /// <summary>Name of the sensor, unique in its model.</summary>
    public required string Id { get; init; }

    /// <summary>Path of a file on the worker's machine, relative to the model's folder; its last part may hold <c>*</c> and <c>?</c>.</summary>
    public string? File { get; init; }

    /// <summary>Name of a blob in the product's container.</summary>
    public string? Blob { get; init; }

    /// <summary>Whether somebody else tells, by a signed post, by <c>lifecycle data arrived</c>, or by starting the workflow.</summary>
    public bool Webhook { get; init; }

    /// <summary>Age of the newest data from which on the sensor is stale; it never is unless told.</summary>
    public TimeSpan? Freshness { get; init; }

    /// <summary>How long a file must have been left alone before it is looked at, so that a half-written one is not taken; a minute unless told.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMinutes(1);
}
