using System.Globalization;
using Lifecycle.LocalEngine.History;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>The columns of a run that its history is held against when it is read.</summary>
internal sealed record RunRow(string Namespace, string StartRequestId, long Transitions, string? Snapshot)
{
    private string WorkflowId { get; init; } = "";

    private string RunId { get; init; } = "";

    private WorkflowExecutionStatus Status { get; init; }

    private long HistoryLength { get; init; }

    /// <summary>Reads the columns in the order of <see cref="RunStore"/>'s statement.</summary>
    /// <exception cref="InvalidDataException">A column holds what this program never writes.</exception>
    public static RunRow Read(SqliteDataReader row)
    {
        StoredColumn.Whole(row, 8, 0, long.MaxValue);
        StoredColumn.Whole(row, 9, 0, 1);
        for (var time = 10; time <= 13; time++)
        {
            StoredColumn.Time(row, time);
        }

        return new(row.GetString(0), row.GetString(1), StoredColumn.Whole(row, 2, 0, long.MaxValue), row.IsDBNull(3) ? null : row.GetString(3))
        {
            WorkflowId = row.GetString(4),
            RunId = row.GetString(5),
            Status = (WorkflowExecutionStatus)StoredColumn.Whole(row, 6, (long)WorkflowExecutionStatus.Running, (long)WorkflowExecutionStatus.TimedOut),
            HistoryLength = StoredColumn.Whole(row, 7, 1, long.MaxValue),
        };
    }

    /// <summary>Holds the columns against the state that the events give.</summary>
    /// <exception cref="InvalidDataException">They are not of the same run, or not of the same moment.</exception>
    public void RequireSame(RunState state)
    {
        Require("workflow_id", WorkflowId, state.WorkflowId);
        Require("run_id", RunId, state.RunId);
        Require("status", Status, state.Status);
        Require("history_length", HistoryLength, state.NextEventId - 1);
        Require("snapshot", Snapshot is null ? "nothing" : "a snapshot", state.IsOpen ? "a snapshot" : "nothing");
    }

    private static void Require<T>(string column, T found, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(found, expected))
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"its column {column} holds {found}, and its events say {expected}"));
        }
    }
}
