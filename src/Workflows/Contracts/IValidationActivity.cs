using System.Text.Json.Serialization;
using Lifecycle.Domain.Data;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>Stage 2, Validation.</summary>
public interface IValidationActivity
{
    /// <summary>
    /// Finds the previous accepted DataSnapshot of the model. When none was ever accepted, the newest earlier one
    /// in the model definition that keeps the contract by itself is taken; null when there is none.
    /// </summary>
    [Activity]
    Task<DataSnapshot?> FindPreviousSnapshotAsync(ValidationInput input);

    /// <summary>Holds the DataSnapshot against the data contract, and records it as accepted if it is.</summary>
    [Activity]
    Task<ValidationReport> ValidateSnapshotAsync(ValidationInput input);
}

/// <summary>Input of stage Validation.</summary>
public sealed record ValidationInput(RunDefinition Definition, DataSnapshot Snapshot)
{
    /// <summary>The previous accepted DataSnapshot; null when there is none.</summary>
    public DataSnapshot? Previous { get; init; }

    /// <summary>Whether an accepted DataSnapshot is not recorded as one, as in a backtest; false, and left out of JSON, for a run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsRehearsal { get; init; }
}
