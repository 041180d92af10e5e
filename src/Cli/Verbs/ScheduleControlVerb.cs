using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Schedules;
using Lifecycle.Domain.Schedules;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle schedule pause|resume|trigger|backfill</c>: what an operator does to schedules that are there.</summary>
public static class ScheduleControlVerb
{
    /// <summary><c>pause</c>.</summary>
    public static Command CreatePause()
    {
        Option<string> note = Note("Paused by hand");
        return Control("pause", "Pause a schedule, or all of a model; apply leaves it paused", [note], (parsed, handle, rpc) => handle.PauseAsync(parsed.GetValue(note), rpc), "schedule pause disposable-domain/quarterly --note \"release freeze\"");
    }

    /// <summary><c>resume</c>.</summary>
    public static Command CreateResume()
    {
        Option<string> note = Note("Resumed by hand");
        return Control("resume", "Resume a paused schedule, or all of a model", [note], (parsed, handle, rpc) => handle.UnpauseAsync(parsed.GetValue(note), rpc), "schedule resume disposable-domain");
    }

    /// <summary><c>trigger</c>.</summary>
    public static Command CreateTrigger()
    {
        Option<ScheduleOverlap> overlap = Overlap(ScheduleOverlap.AllowAll);
        return Control(
            "trigger", "Act once, now, also when paused", [overlap],
            (parsed, handle, rpc) => handle.TriggerAsync(new() { Overlap = PolicyOf(parsed.GetValue(overlap)), Rpc = rpc }), "schedule trigger disposable-domain/quarterly");
    }

    /// <summary><c>backfill</c>.</summary>
    public static Command CreateBackfill()
    {
        Option<DateTime> from = Time("--from", "First time to act for, such as 2026-01-01 or 2026-01-01T06:00:00Z; it counts itself");
        Option<DateTime> to = Time("--to", "Last time to act for; it counts itself");
        Option<ScheduleOverlap> overlap = Overlap(ScheduleOverlap.BufferAll);
        return Control(
            "backfill", "Act for every time of the schedule in a range that is past", [from, to, overlap],
            (parsed, handle, rpc) => handle.BackfillAsync([Range(parsed.GetValue(from), parsed.GetValue(to), PolicyOf(parsed.GetValue(overlap)))], rpc),
            "schedule backfill disposable-domain/daily-watch --from 2026-01-01 --to 2026-01-31T23:59:59Z --overlap BufferAll");
    }

    private static Command Control(string name, string description, Option[] options, Func<ParseResult, ScheduleHandle, RpcOptions, Task> act, string example)
    {
        Argument<string> schedule = new("schedule") { Description = "Id of the schedule, MODEL/ID, or a MODEL for all of its schedules" };
        return Verb.Create(name, description, example).Does([schedule, .. options], async (parsed, output, cancellation) =>
        {
            ITemporalClient client = await GlobalOptions.ConnectionOf(parsed).ConnectAsync(cancellation);
            ModelSchedules schedules = new(client);
            List<FoundSchedule> found = [];
            foreach (string id in await ChooseAsync(schedules, parsed.GetValue(schedule)!, cancellation))
            {
                await act(parsed, client.GetScheduleHandle(id), new() { CancellationToken = cancellation });
                found.Add(await schedules.FindAsync(id, cancellation) ?? throw Missing(id));
            }

            output.Result(found, console => found.ForEach(one => console.Line($"{one.Id}: {name} done; {(one.IsPaused ? $"paused: {Texts.Visible(one.OperatorNote)}" : "active")}")));
            return ExitCodes.Success;
        });
    }

    private static async Task<IReadOnlyList<string>> ChooseAsync(ModelSchedules schedules, string given, CancellationToken cancellation)
    {
        if (given.Contains('/', StringComparison.Ordinal))
        {
            return await schedules.FindAsync(given, cancellation) is null ? throw Missing(given) : [given];
        }

        IReadOnlyList<string> ids = await schedules.IdsAsync(given, cancellation);
        return ids is [] ? throw Missing(given) : ids;
    }

    private static CommandException Missing(string id) =>
        new(ExitCodes.BadInput, $"the engine has no schedule for '{id}'; 'lifecycle schedule list' shows them, 'lifecycle schedule apply' makes them");

    private static Option<string> Note(string unlessTold) => new("--note") { Description = "Why, in a sentence", HelpName = "TEXT", DefaultValueFactory = _ => unlessTold };

    private static Option<ScheduleOverlap> Overlap(ScheduleOverlap unlessTold) =>
        new("--overlap") { Description = "What happens to what is running", DefaultValueFactory = _ => unlessTold, HelpName = "POLICY" };

    private static Option<DateTime> Time(string name, string description) =>
        new(name) { Description = description, Required = true, HelpName = "TIME", CustomParser = Utc };

    private static DateTime Utc(ArgumentResult given)
    {
        if (DateTime.TryParse(given.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time))
        {
            return time;
        }

        given.AddError($"'{given.Tokens[0].Value}' is no time; expected one such as 2026-01-01 or 2026-01-01T06:00:00Z.");
        return default;
    }

    private static ScheduleBackfill Range(DateTime from, DateTime to, ScheduleOverlapPolicy overlap) => from <= to
        ? new(from, to, overlap)
        : throw new CommandException(ExitCodes.BadInput, $"--from {from:O} is after --to {to:O}; give the earlier time first");

    private static ScheduleOverlapPolicy PolicyOf(ScheduleOverlap overlap) => Enum.Parse<ScheduleOverlapPolicy>(overlap.ToString());
}
