using Lifecycle.Domain.Data;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tables;

/// <summary>A column that a file has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Line">The line that names it, counted from 1; null in a Parquet file.</param>
/// <param name="Type">Its type where the format says one.</param>
internal sealed record TableColumn(string Name, long? Line, ColumnType? Type = null);

/// <summary>A column that is read by its type: what JSON says of a value must fit it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its values are; null takes any as text.</param>
/// <param name="IsWallClock">Whether its times have no zone.</param>
internal sealed record TypedColumn(string Name, ColumnType? Type, bool IsWallClock = false)
{
    /// <summary>How an input is read.</summary>
    public static TypedColumn Of(InputColumn column) => new(
        column.Name,
        column.Type switch
        {
            InputType.Number => ColumnType.Number,
            InputType.Integer => ColumnType.Integer,
            InputType.Boolean => ColumnType.Boolean,
            InputType.Timestamp => ColumnType.Timestamp,
            _ => ColumnType.Text,
        },
        column.Zone == InputZone.Local);
}
