using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Inputs;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Schemas;

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
    private readonly EventAnswers answers;
    private readonly ImmutableArray<string> wanted;

    private EventFile(string path, string name, EventColumns columns, EventRules rules, DataLimits limits)
    {
        if (rules.TimeFormat is not null && columns is { Time: null, KnownTime: null, LabelTime: null })
        {
            throw new InvalidDataSourceException("a time format was given, and no column of times; name the column, or leave the format out");
        }

        (this.columns, this.rules, time, answers) = (columns, rules, new EventTime(rules), new EventAnswers(columns, rules.Target));
        ImmutableArray<string> others = [.. columns.Others.Union(answers.Columns)];
        if (rules.Schema.OnlyText is not null)
        {
            wanted = others.Insert(0, columns.Input ?? "input");
            table = TableFile.Open(path, name, columns.Input, others, limits);
        }
        else
        {
            ImmutableArray<TypedColumn> chosen = [];
            table = TableFile.Open(path, name, found => chosen = Choose(name, others, found), limits);
            wanted = [.. chosen.Select(column => column.Name)];
        }

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

    private ImmutableArray<TypedColumn> Choose(string name, ImmutableArray<string> others, ImmutableArray<TableColumn> found)
    {
        InputSchema schema = rules.Schema;
        if (columns.Input is { } named)
        {
            throw new InvalidDataSourceException(
                $"the model reads the columns {ShownText.Names([.. schema.Columns.Select(column => column.Name)])}, which are found by their names; leave the input's column '{ShownText.Of(named)}' out");
        }

        TableFile.Require(name, others, [.. found.Select(column => column.Name)]);
        ImmutableArray<string> read = [.. schema.Columns.Select(column => column.Name).Union(others)];
        IEnumerable<string> unread = columns.IgnoresOthers ? found.Select(column => column.Name).Except(read) : columns.Ignored;
        ImmutableArray<InputColumn> inputs = GivenTable.Choose(name, schema, [.. unread.Union(others).Except(schema.Columns.Select(column => column.Name))], found);
        return [.. inputs.Select(TypedColumn.Of), .. others.Except(inputs.Select(column => column.Name)).Select(column => new TypedColumn(column, Type: null))];
    }

    private EventRow Map(TextRecord row)
    {
        string? fault = row.Fault;
        EventRow mapped = new()
        {
            Line = row.Line,
            RequestId = Text(row, columns.RequestId),
            Time = Moment(row, columns.Time, isNeeded: true, ref fault),
            KnownTime = Moment(row, columns.KnownTime, isNeeded: true, ref fault),
            LabelTime = Moment(row, columns.LabelTime, isNeeded: Text(row, columns.Label) is not null, ref fault),
        };
        mapped = answers.Read(ReadInput(mapped, row, ref fault), column => Text(row, column), ref fault);
        fault ??= rules.IsTold && mapped is { Prediction: null, IsLabelled: false } ? "the row has neither a prediction nor a label" : null;
        return fault is null ? mapped : new EventRow { Line = row.Line, Input = mapped.Input, RequestId = mapped.RequestId, Time = mapped.Time, Fault = fault };
    }

    private EventRow ReadInput(EventRow mapped, TextRecord row, ref string? fault)
    {
        InputSchema schema = rules.Schema;
        if (schema.OnlyText is not null)
        {
            fault ??= row.Fields[0] is null ? $"column '{ShownText.Of(wanted[0])}' has no value" : null;
            return mapped with { Input = row.Fields[0] };
        }

        ImmutableArray<string?> given = [.. schema.Columns.Select(column => Text(row, column.Name))];
        GivenValue[] values = [.. schema.Columns.Zip(given, GivenValue.Read)];
        fault ??= values.FirstOrDefault(value => value.Fault is not null).Fault;
        return mapped with { Input = RowText.Of(schema, values, given) };
    }

    private DateTimeOffset? Moment(TextRecord row, string? column, bool isNeeded, ref string? fault)
    {
        if (column is null || Text(row, column) is not { } text)
        {
            fault ??= isNeeded && column is not null ? $"column '{ShownText.Of(column)}' has no time; expected {time.Expected}" : null;
            return null;
        }

        if (time.TryRead(text, out DateTimeOffset moment))
        {
            return moment;
        }

        fault ??= $"column '{ShownText.Of(column)}' holds '{ShownText.Of(text)}'; expected {time.Expected}";
        return null;
    }

    private string? Text(TextRecord row, string? column) => column is not null && wanted.IndexOf(column) is >= 0 and var at ? row.Fields[at] : null;
}
