using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>Stage 1, Snapshot.</summary>
public interface ISnapshotActivity
{
    /// <summary>Takes the DataSnapshot; the same sources give the same bytes. Fails with <see cref="FailureTypes.InvalidData"/>.</summary>
    [Activity]
    Task<DataSnapshot> TakeSnapshotAsync(RunDefinition definition);
}
