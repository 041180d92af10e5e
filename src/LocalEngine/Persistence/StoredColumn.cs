using System.Globalization;
using Lifecycle.LocalEngine.Visibility.Queries;
using Microsoft.Data.Sqlite;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>
/// Reads a column as what this program wrote. SQLite keeps text or bytes in a column of numbers too, and its driver reads them
/// as 0: here they are refused, like a number out of its range.
/// </summary>
internal static class StoredColumn
{
    private const int ShownCharacters = 40;
    private static readonly long LastTime = ColumnTime.From(DateTimeOffset.MaxValue);

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    /// <exception cref="InvalidDataException">The column holds something else; the message names it.</exception>
    public static long Whole(SqliteDataReader row, int column, long least, long most) => row.GetValue(column) is long number && number >= least && number <= most
        ? number
        : throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture, $"its column {row.GetName(column)} holds {Shown(row.GetValue(column))}, expected a whole number from {least} to {most}"));

    /// <summary>A time from 1970 on; null where the column is NULL.</summary>
    /// <exception cref="InvalidDataException">The column holds something else.</exception>
    public static DateTimeOffset? Time(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : ColumnTime.To(Whole(row, column, 0, LastTime));

    /// <summary>A time for a list, which one damaged row must not hide: what cannot be read is shown as 1970.</summary>
    public static DateTimeOffset ListedTime(SqliteDataReader row, int column) =>
        row.GetValue(column) is long time && time >= 0 && time <= LastTime ? ColumnTime.To(time) : DateTimeOffset.UnixEpoch;

    private static string Shown(object value) => value switch
    {
        byte[] bytes => $"{bytes.Length} bytes",
        string { Length: > ShownCharacters } text => $"the text '{text[..ShownCharacters]}…'",
        string text => $"the text '{text}'",
        DBNull => "nothing",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
