using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Files;

namespace Lifecycle.Data.Events;

/// <summary>
/// Reads events from a file somebody else wrote: Parquet, comma-separated values with a header, or plain lines. A missing
/// column is an error of the file; a value that cannot be read is a fault of its row.
/// </summary>
public static class EventFile
{
    private const string ExpectedTime = "a time such as 2024-03-01T12:00:00Z";

    /// <summary>The events one by one, in the order of the file.</summary>
    /// <param name="path">Where the file lies.</param>
    /// <param name="name">Its name for people, whose extension says the format.</param>
    /// <param name="columns">Which columns mean what.</param>
    /// <param name="limits">What reading may use.</param>
    /// <exception cref="InvalidDataSourceException">The file is missing or damaged, or has not the columns named.</exception>
    public static IEnumerable<EventRow> Read(string path, string name, EventColumns columns, DataLimits limits)
    {
        switch (FileFacts.Of(path).Kind)
        {
            case FileKind.Regular:
                break;
            case FileKind.Nothing:
                throw new InvalidDataSourceException($"{name} is missing; give the path of a file");
            case var kind:
                throw new InvalidDataSourceException(new NotRegularFileException(name, kind).Message);
        }

        TextRecords records = TextRecords.Open(path, name, limits);
        return records.Columns is { } names ? Map(records.Rows, new Positions(names, columns, name)) : MapLines(records.Rows);
    }

    private static IEnumerable<EventRow> MapLines(IEnumerable<TextRecord> rows) =>
        rows.Select(row => new EventRow { Line = row.Line, Input = row.Fields[0] });

    private static IEnumerable<EventRow> Map(IEnumerable<TextRecord> rows, Positions at) => rows.Select(row => row.Fault is null ? Map(row, at) : new EventRow
    {
        Line = row.Line,
        Fault = $"the row {row.Fault}",
    });

    private static EventRow Map(TextRecord row, Positions at)
    {
        string? fault = null;
        EventRow mapped = new()
        {
            Line = row.Line,
            Input = at.Text(row, at.Columns.Input),
            RequestId = at.Text(row, at.Columns.RequestId),
            Time = at.Parse<DateTimeOffset>(row, at.Columns.Time, TryTime, ExpectedTime, ref fault),
            KnownTime = at.Parse<DateTimeOffset>(row, at.Columns.KnownTime, TryTime, ExpectedTime, ref fault),
            LabelTime = at.Parse<DateTimeOffset>(row, at.Columns.LabelTime, TryTime, ExpectedTime, ref fault),
            Prediction = at.Parse<float>(row, at.Columns.Prediction, TryProbability, "a probability, 0 to 1", ref fault),
            Label = at.Parse<int>(row, at.Columns.Label, TryLabel, "0 or 1", ref fault),
        };
        return mapped with { Fault = fault ?? (mapped.Input is null ? $"column '{at.Columns.Input}' has no value" : null) };
    }

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static bool TryProbability(string text, out float probability) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out probability) && probability is >= 0 and <= 1;

    private static bool TryLabel(string text, out int label)
    {
        label = text is "1" or "true" ? 1 : 0;
        return text is "0" or "1" or "true" or "false";
    }

    private delegate bool TryParse<T>(string text, out T value);

    private sealed class Positions
    {
        private readonly ImmutableDictionary<string, int> positions;

        public Positions(ImmutableArray<string> names, EventColumns columns, string file)
        {
            Columns = columns;
            positions = names.Index().GroupBy(name => name.Item, name => name.Index, StringComparer.Ordinal)
                .ToImmutableDictionary(name => name.Key, name => name.First(), StringComparer.Ordinal);
            string?[] wanted = [columns.Input, columns.Time, columns.RequestId, columns.Prediction, columns.Label, columns.KnownTime, columns.LabelTime];
            if (wanted.FirstOrDefault(name => name is not null && !positions.ContainsKey(name)) is { } missing)
            {
                throw new InvalidDataSourceException($"{file} has no column '{missing}'; it has {string.Join(", ", names)}");
            }
        }

        public EventColumns Columns { get; }

        public string? Text(TextRecord row, string? column) => column is null ? null : row.Fields[positions[column]];

        public T? Parse<T>(TextRecord row, string? column, TryParse<T> tryParse, string expected, ref string? fault)
            where T : struct
        {
            if (Text(row, column) is not { } text)
            {
                return null;
            }

            if (tryParse(text, out T value))
            {
                return value;
            }

            string shown = text.Length <= 40 ? text : text[..40] + "…";
            fault ??= $"column '{column}' holds '{shown}'; expected {expected}";
            return null;
        }
    }
}
