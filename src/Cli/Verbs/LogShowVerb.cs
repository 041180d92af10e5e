using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Releases;
using Lifecycle.Serving.Logging;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle log show</c>: what is in the log, day by day.</summary>
public static class LogShowVerb
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "Name of the model" };
        Option<DateOnly?> from = new("--from") { Description = "First day, UTC (default: the log's first)", HelpName = DayFormat };
        Option<DateOnly?> to = new("--to") { Description = "Last day, UTC (default: the log's last)", HelpName = DayFormat };
        return Verb.Create("show", "Count rows, labels and late rows by day", "log show disposable-domain", "log show disposable-domain --from 2024-03-01 --json")
            .Does([model, from, to], async (parsed, output, cancellation) =>
            {
                PredictionParts log = await BlobRooms.OpenLogAsync(GlobalOptions.BlobOf(parsed), GlobalOptions.HomeOf(parsed), cancellation);
                ImmutableArray<LogDay> days = await new LogDays(log).CountAsync(
                    parsed.GetValue(model)!, parsed.GetValue(from) ?? DateOnly.MinValue, parsed.GetValue(to) ?? DateOnly.MaxValue,
                    TimeProvider.System.GetUtcNow(), cancellation);
                output.Result(days, console => Draw(console, days, parsed.GetValue(model)!));
                return ExitCodes.Success;
            });
    }

    private static void Draw(IAnsiConsole console, ImmutableArray<LogDay> days, string model)
    {
        if (days is [])
        {
            console.Line($"no predictions of {model} are logged; see 'lifecycle score --help' and 'lifecycle log import --help'");
            return;
        }

        Table table = Texts.Table("day", "rows", "refused", "labelled", "late", "repeated");
        foreach (LogDay day in days)
        {
            table.AddRow(
                day.Day.ToString(DayFormat, CultureInfo.InvariantCulture), Number(day.RowCount), Number(day.RefusedCount),
                Number(day.LabelledCount), Number(day.LateCount), Number(day.RepeatedCount));
        }

        console.Write(table);
        DateOnly last = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1));
        if (days.Count(day => day.Day.Year < 1970 || day.Day > last) is > 0 and var doubtful)
        {
            console.Line($"{doubtful} days lie before 1970 or after tomorrow, and the watch sets them aside: 'lifecycle log imports {model}' tells which import to take back");
        }
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
