using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Schedules;
using Lifecycle.Client.Schedules;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schedules;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle schedule list</c>: what the engine has, beside what model.yaml says.</summary>
public static class ScheduleListVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        ChosenModels models = new();
        return Verb.Create(
            "list",
            "Show each schedule's next and last time, its pause and note, and where its configuration is not as model.yaml says",
            "schedule list", "schedule list disposable-domain --json")
            .Does([models.Model, models.Folder.Option], async (parsed, output, cancellation) =>
            {
                ModelSchedules schedules = new(await GlobalOptions.ConnectionOf(parsed).ConnectAsync(cancellation));
                List<SchedulePlan> plans = [];
                foreach (ModelDefinition model in models.Read(parsed, cancellation))
                {
                    plans.Add(await schedules.PlanAsync(model, cancellation));
                }

                output.Result(plans, console => ScheduleTables.DrawList(console, plans));
                return ExitCodes.Success;
            });
    }
}
