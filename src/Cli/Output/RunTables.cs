using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Spectre.Console;

namespace Lifecycle.Cli.Output;

/// <summary>Draws a RetrainingRun for people.</summary>
public static class RunTables
{
    /// <summary>One line for a stage that changed.</summary>
    public static string Line(string model, StageProgress stage) => stage.Status == StageStatus.Running
        ? $"{model}: {stage.Stage} ..."
        : $"{model}: {stage.Stage} {(stage.Status == StageStatus.Stopped ? "stopped" : "done")} in {Texts.Duration(stage.FinishedAt - stage.StartedAt)}: {stage.Note}";

    /// <summary>The whole run.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="state">The run.</param>
    /// <param name="failure">Why it ended without an outcome; null when it did not.</param>
    public static void Draw(IAnsiConsole console, RetrainingState state, string? failure = null)
    {
        string end = failure ?? state.Outcome?.ToString() ?? "in flight";
        console.MarkupLineInterpolated($"[bold]{state.Model}[/]: {Texts.Ended(end, state.Reason)}");
        foreach (TriggerReason trigger in state.Triggers)
        {
            console.MarkupLineInterpolated($"  trigger {trigger.Kind} by {MoveGrounds.Describe(trigger.RequestedBy, state.IsVerified(trigger))} {trigger.Note}");
        }

        Table table = Texts.Table("stage", "status", "time", "");
        foreach (StageProgress stage in state.Stages)
        {
            table.AddRow(
                new Text(stage.Stage.ToString()), new Text(stage.Status.ToString()),
                new Text(Texts.Duration(stage.FinishedAt - stage.StartedAt)), new Text(stage.Note));
        }

        console.Write(table);
        DrawBlessing(console, state.Blessing);
        if (state.Evaluation is { RandomSplit: { } random } evaluation)
        {
            console.MarkupLineInterpolated($"[bold]Random split[/], for comparison alone: {random.Sentence(evaluation, state.PrimarySlice)}");
        }

        DrawRelease(console, state, isOpen: failure is null && state.Outcome is null && state.Publication is null);
    }

    private static void DrawBlessing(IAnsiConsole console, Blessing? blessing)
    {
        if (blessing is null)
        {
            return;
        }

        console.MarkupLineInterpolated($"[bold]Blessing[/]: {blessing.Verdict}");
        foreach (BlessingReason reason in blessing.Reasons)
        {
            console.MarkupLineInterpolated($"  {reason.Verdict}: {reason.Sentence}");
        }
    }

    private static void DrawRelease(IAnsiConsole console, RetrainingState state, bool isOpen)
    {
        if (state.Release is not { } release)
        {
            return;
        }

        console.MarkupLineInterpolated($"[bold]Release[/] {release.Digest} for {release.Channel}, version {release.ChannelVersion}");
        foreach (SignedDecision decision in state.Decisions)
        {
            console.MarkupLineInterpolated($"  {decision.Statement.Decision} by {decision.Statement.Engineer} {decision.Statement.Reason}");
        }

        if (isOpen)
        {
            console.MarkupLineInterpolated($"  decide with: lifecycle approve {state.Model} --as <engineer>   or: lifecycle reject {state.Model} --as <engineer> --reason <text>");
        }
    }
}
