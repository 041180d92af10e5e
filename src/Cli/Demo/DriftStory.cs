using System.Diagnostics;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Watching;
using Lifecycle.Definitions;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Training;
using Lifecycle.Publishing.Watching;
using Lifecycle.Workflows.Watching;

namespace Lifecycle.Cli.Demo;

/// <summary>
/// The demo's second story: a Champion is live, a quiet week goes by, the world changes, one decision starts a run by itself, the
/// gate judges, engineers approve, the ReleaseChannel moves, and the next week is quiet again.
/// </summary>
/// <param name="stack">The running services.</param>
/// <param name="options">How they were started.</param>
/// <param name="tell">Told each line of progress.</param>
public sealed class DriftStory(ServiceStack stack, StackOptions options, Action<string> tell)
{
    private const string Model = "disposable-domain";
    private static readonly DateTimeOffset QuietWeek = new(2020, 1, 8, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset ChangedWeek = new(2020, 6, 3, 0, 0, 0, TimeSpan.Zero);
    private readonly List<DemoRun> runs = [];
    private readonly List<DriftDecision> decisions = [];
    private readonly List<Expectation> expectations = [];
    private readonly DemoRunner runner = new(stack, options, tell);
    private readonly DemoTraffic traffic = new(stack, options, Model);

    /// <summary>Plays the story. Every promise is checked; the story ends where one that the rest needs does not hold.</summary>
    public async Task<DriftSummary> PlayAsync(bool isHomeKept, CancellationToken cancellation)
    {
        Stopwatch clock = Stopwatch.StartNew();
        ModelDefinition definition = new ModelCatalog(options.Tree.Models).Read(Model).Definition;
        WindowCalendar calendar = new(definition.Watch.Window, definition.Watch.Lateness);
        await PlayAsync(calendar, cancellation);
        return new DriftSummary(stack.Engine.Description, options.Home.Root, isHomeKept, runs, decisions, expectations, clock.Elapsed);
    }

    private async Task PlayAsync(WindowCalendar calendar, CancellationToken cancellation)
    {
        DemoRun first = await runner.RunAsync(Model, "2019-12", cancellation);
        runs.Add(first);
        Expect("the 2019-12 snapshot gives the first champion", first.State.Outcome == RetrainingOutcome.Promoted, first.State.Reason);

        tell("a week of January 2020: held-out domains of the 2019-12 lists, replayed as traffic");
        await traffic.ReplayHoldoutAsync(calendar.Containing(QuietWeek), first.State.Features!.Holdout.Rows, "the lists of 2019-12", cancellation);
        WatchedWindow? quiet = await LookAsync(cancellation);
        Expect("the week is quiet", quiet?.Verdict == DriftVerdict.None, quiet?.Reason ?? "no window was due");

        WatchWindow changedWeek = calendar.Containing(ChangedWeek);
        tell("a week of June 2020: domains of the 2020-05 lists that the champion was not trained on, replayed as traffic");
        await traffic.ReplaySnapshotAsync(changedWeek, "2020-05", first.State.Features.TrainingSet.Rows, cancellation);
        WatchedWindow? changed = await LookAsync(cancellation);
        Expect("drift is measured, and one decision starts a run", changed is { Verdict: DriftVerdict.Retrain, Run: not null }, changed?.Reason ?? "no window was due");
        if (changed?.Run is not { } run)
        {
            return;
        }

        DemoRun second = await runner.PlayAsync(Model, run, cancellation);
        runs.Add(second);
        Expect(
            "the run carries the decision as its reason",
            second.State.Triggers.Any(trigger => trigger.Id == changed.Decision),
            string.Join("; ", second.State.Triggers.Select(trigger => $"{trigger.Kind}: {trigger.Note}")));
        Expect("the gate blesses, engineers approve, the channel moves", second.State.Channel?.Version == 2, second.State.Reason);

        tell("the week after: held-out domains of the 2020-05 lists, replayed as traffic");
        await traffic.ReplayHoldoutAsync(calendar.After(changedWeek), second.State.Features!.Holdout.Rows, "the lists of 2020-05", cancellation);
        WatchedWindow? after = await LookAsync(cancellation);
        Expect("the next week is quiet", after?.Verdict == DriftVerdict.None, after?.Reason ?? "no window was due");
    }

    private async Task<WatchedWindow?> LookAsync(CancellationToken cancellation)
    {
        DriftWatchResult look = await DriftLook.TakeAsync(EngineLine.Over(stack.Client), Model, tell, cancellation);
        DriftJournal journal = new(await BlobRooms.OpenStoreAsync(stack.BlobConnectionString, cancellation));
        foreach (WatchedWindow window in look.Windows)
        {
            tell($"  window {window.Window}: {window.Level}, {window.Verdict}: {window.Reason}");
            if (await journal.FindAsync(window.Decision, cancellation) is { } decision)
            {
                decisions.Add(decision);
            }
        }

        return look.Windows.IsDefaultOrEmpty ? null : look.Windows[^1];
    }

    private void Expect(string promise, bool held, string evidence)
    {
        expectations.Add(new Expectation(promise, held, evidence));
        tell($"{(held ? "held" : "BROKEN")}: {promise}: {evidence}");
    }
}
