using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Cli.Schedules;
using Lifecycle.Client.Schedules;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schedules;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle schedule apply</c>: shows a plan, asks, and makes the engine's schedules match model.yaml.</summary>
public static class ScheduleApplyVerb
{
    /// <summary>What was planned, and whether it was done.</summary>
    public sealed record Result(IReadOnlyList<SchedulePlan> Plans, bool Applied);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        ChosenModels models = new();
        Option<bool> yes = new("--yes") { Description = "Do not ask" };
        Option<bool> dryRun = new("--dry-run") { Description = "Show the plan only; exit 1 when there is something to do" };
        return Verb.Create(
            "apply",
            "Make the engine's schedules match model.yaml. Shows the plan and asks; without a terminal and --yes it changes nothing and exits 1 when there is something to do. Pauses are left as they are",
            "schedule apply", "schedule apply disposable-domain --yes", "schedule apply --dry-run --json")
            .Does([models.Model, models.Folder.Option, yes, dryRun], async (parsed, output, cancellation) =>
            {
                ModelSchedules schedules = new(await GlobalOptions.ConnectionOf(parsed).ConnectAsync(cancellation));
                List<(ModelDefinition Model, SchedulePlan Plan)> planned = [];
                foreach (ModelDefinition model in models.Read(parsed, cancellation))
                {
                    planned.Add((model, await schedules.PlanAsync(model, cancellation)));
                }

                bool hasWork = planned.Any(entry => entry.Plan.HasWork);
                bool agreed = hasWork && !parsed.GetValue(dryRun) && Agrees(output, [.. planned.Select(entry => entry.Plan)], parsed.GetValue(yes));
                foreach ((ModelDefinition model, SchedulePlan plan) in agreed ? planned : [])
                {
                    await schedules.ApplyAsync(model, plan, cancellation);
                }

                Report(output, new Result([.. planned.Select(entry => entry.Plan)], agreed), hasWork, parsed.GetValue(yes));
                return agreed || !hasWork ? ExitCodes.Success : ExitCodes.Negative;
            });
    }

    private static bool Agrees(CommandOutput output, IReadOnlyList<SchedulePlan> plans, bool yes)
    {
        if (yes || output.IsJson || Console.IsInputRedirected)
        {
            return yes;
        }

        Draw(output, plans);
        output.Progress("Make it so? Type yes:");
        return Console.ReadLine()?.Trim() is "yes" or "y";
    }

    private static void Report(CommandOutput output, Result result, bool hasWork, bool yes) => output.Result(result, console =>
    {
        if (yes || !result.Applied)
        {
            Draw(output, result.Plans);
        }

        console.Line((hasWork, result.Applied) switch
        {
            (false, _) => "nothing to do",
            (true, true) => "done",
            _ => "nothing was changed; 'lifecycle schedule apply --yes' does it",
        });
    });

    private static void Draw(CommandOutput output, IReadOnlyList<SchedulePlan> plans)
    {
        foreach (SchedulePlan plan in plans)
        {
            ScheduleTables.Draw(output.Results, plan);
        }
    }
}
