using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Events;

/// <summary>
/// Events of a file that somebody else wrote. What makes the file doubtful as a whole (its encoding, quoting, column count, a
/// missing column, too many refused rows) refuses it before its first row is used; a value that cannot be read refuses its row.
/// </summary>
public sealed class EventFile
{
    private readonly TableFile table;
    private readonly EventColumns columns;
    private readonly EventRules rules;
    private readonly EventTime time;
    private readonly ImmutableArray<string> wanted;

    private EventFile(string path, string name, EventColumns columns, EventRules rules, DataLimits limits)
    {
        if (rules.TimeFormat is not null && columns is { Time: null, KnownTime: null, LabelTime: null })
        {
            throw new InvalidDataSourceException("a time format was given, and no column of times; name the column, or leave the format out");
        }

        (this.columns, this.rules, time) = (columns, rules, new EventTime(rules));
        wanted = columns.Others.Insert(0, columns.Input ?? "input");
        table = TableFile.Open(path, name, columns.Input, columns.Others, limits);
        CountRows(name);
    }

    /// <summary>Rows of the file, the refused ones among them.</summary>
    public long RowCount { get; private set; }

    /// <summary>Rows that are refused.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>The events one by one, in the order of the file; enumerate again to read again.</summary>
    public IEnumerable<EventRow> Rows => table.Rows().Select(Map);

    /// <summary>Opens a file, and reads all of it once.</summary>
    /// <param name="path">Where the file lies.</param>
    /// <param name="name">Its name for people.</param>
    /// <param name="columns">Which columns mean what.</param>
    /// <param name="rules">What the rows must be.</param>
    /// <param name="limits">What reading may use.</param>
    /// <exception cref="InvalidDataSourceException">The file is missing or damaged, has not the columns named, or too many of its rows are refused.</exception>
    public static EventFile Open(string path, string name, EventColumns columns, EventRules rules, DataLimits limits) => new(path, name, columns, rules, limits);

    private void CountRows(string name)
    {
        RefusedRows refused = new(name);
        HashSet<DateTime> days = [];
        HashSet<DateTime> labelDays = [];
        foreach (EventRow row in Rows)
        {
            RefuseManyDays(days, row.Time, row.Line, name);
            RefuseManyDays(labelDays, row.LabelTime, row.Line, name);
            refused.Count(row.Line, row.Fault);
        }

        refused.Judge(rules.MaximumRefusedShare);
        (RowCount, RefusedCount) = (refused.RowCount, refused.RefusedCount);
    }

    private static void RefuseManyDays(HashSet<DateTime> days, DateTimeOffset? time, long line, string name)
    {
        if (time is { } known && days.Add(known.UtcDateTime.Date) && days.Count > EventRules.MaximumDays)
        {
            throw new InvalidDataSourceException(string.Create(
                CultureInfo.InvariantCulture, $"{ShownText.Of(name)}, line {line}: the times up to here are of more than {EventRules.MaximumDays} different days; split the file by time"));
        }
    }

    private EventRow Map(TextRecord row)
    {
        string? fault = row.Fault;
        EventRow mapped = new()
        {
            Line = row.Line,
            Input = row.Fields[0],
            RequestId = Text(row, columns.RequestId),
            Time = Moment(row, columns.Time, isNeeded: true, ref fault),
            KnownTime = Moment(row, columns.KnownTime, isNeeded: true, ref fault),
            LabelTime = Moment(row, columns.LabelTime, isNeeded: Text(row, columns.Label) is not null, ref fault),
            Prediction = Parse<float>(row, columns.Prediction, TryProbability, "a probability, 0 to 1", ref fault),
            Label = Parse<int>(row, columns.Label, TryLabel, "0 or 1", ref fault),
        };
        fault ??= mapped.Input is null ? $"column '{ShownText.Of(wanted[0])}' has no value" : null;
        fault ??= rules.IsTold && mapped is { Prediction: null, Label: null } ? "the row has neither a prediction nor a label" : null;
        return fault is null ? mapped : new EventRow { Line = row.Line, Input = mapped.Input, RequestId = mapped.RequestId, Time = mapped.Time, Fault = fault };
    }

    private DateTimeOffset? Moment(TextRecord row, string? column, bool isNeeded, ref string? fault)
    {
        fault ??= isNeeded && column is not null && Text(row, column) is null ? $"column '{ShownText.Of(column)}' has no time; expected {time.Expected}" : null;
        return Parse<DateTimeOffset>(row, column, time.TryRead, time.Expected, ref fault);
    }

    private static bool TryProbability(string text, out float probability) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out probability) && probability is >= 0 and <= 1;

    private static bool TryLabel(string text, out int label)
    {
        label = text is "1" or "true" ? 1 : 0;
        return text is "0" or "1" or "true" or "false";
    }

    private delegate bool TryParse<T>(string text, out T value);

    private string? Text(TextRecord row, string? column) => column is null ? null : row.Fields[wanted.IndexOf(column)];

    private T? Parse<T>(TextRecord row, string? column, TryParse<T> tryParse, string expected, ref string? fault)
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

        fault ??= $"column '{ShownText.Of(column!)}' holds '{ShownText.Of(text)}'; expected {expected}";
        return null;
    }
}
