using System.Collections.Immutable;
using Lifecycle.Domain.Sensors;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>How a look at a model's sensors is done.</summary>
public interface ISensorActivity
{
    /// <summary>
    /// Looks at the sensors, or takes what arrived, writes each sensor's record, and claims what is new for this workflow.
    /// A repeated call of the same workflow claims the same.
    /// </summary>
    [Activity]
    Task<SensorSighting> SenseAsync(DataSensorRequest request);

    /// <summary>Gives back what this workflow claimed and could not launch, so that the next look finds it new.</summary>
    [Activity]
    Task<SensorSighting> ReleaseClaimsAsync(SensorClaims claims);
}

/// <summary>What a look at a model's sensors found.</summary>
public sealed record SensorSighting
{
    /// <summary>Every sensor that was looked at, by id.</summary>
    public ImmutableArray<SensorRecord> Sensors { get; init; } = [];

    /// <summary>Ids of the sensors whose content is new and claimed by this workflow.</summary>
    public ImmutableArray<string> Claimed { get; init; } = [];
}

/// <summary>Claims of a workflow on what is new.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Sensors">Ids of the sensors.</param>
public sealed record SensorClaims(string Model, ImmutableArray<string> Sensors);
