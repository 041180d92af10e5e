using System.Globalization;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Following;
using Lifecycle.Client.Runs;
using Lifecycle.Client.Schedules;
using Lifecycle.Definitions;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Retraining;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Launching;

/// <summary>Triggers meet at the one door: the calendar, drift, a person.</summary>
public sealed class CoalescingTests
{
    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Drift_AtTheSecondOfTheCalendar_IsOneRunWithBothReasons(EngineKind kind)
    {
        await using LaunchingStack stack = await LaunchingStack.StartAsync(kind);
        DateTimeOffset due = NextSecond(TimeSpan.FromSeconds(4));
        await File.AppendAllTextAsync(
            Path.Combine(stack.ModelFolder, "model.yaml"),
            string.Create(CultureInfo.InvariantCulture, $"schedules:\n  - {{ id: quarterly, does: retrain, cron: '{due:s' 'm' 'H' 'd' 'M} * {due:yyyy}', note: the quarter }}\n"));
        ModelDefinition model = new ModelCatalog(stack.Folders.Models).Read(SampleModel.Name).Definition;
        ModelSchedules schedules = new(stack.Client);
        await schedules.ApplyAsync(model, await schedules.PlanAsync(model, CancellationToken.None), CancellationToken.None);

        TimeSpan left = due - TimeProvider.System.GetUtcNow();
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        await RetrainingLaunch.StartAsync(
            EngineLine.Over(stack.Client),
            new() { Model = SampleModel.Name, Trigger = new() { Kind = TriggerKind.Drift, RequestedBy = "drift watch", Id = "decision-1" } },
            _ => { },
            CancellationToken.None);

        TriggerReason[] triggers = await TriggersAsync(stack, 2);
        Assert.Single(await stack.RunsAsync(1));
        Assert.Equal([TriggerKind.Schedule, TriggerKind.Drift], triggers.Select(trigger => trigger.Kind).Order());
        Assert.Equal(
            $"launch/sample-host/quarterly-{due.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}",
            triggers.Single(trigger => trigger.Kind == TriggerKind.Schedule).Id);
    }

    [Theory]
    [InlineData("no-such-model", null, "no model 'no-such-model'")]
    [InlineData(SampleModel.Name, "1999-01", "has no snapshot '1999-01'; it lists 2024-01, 2024-02, 2024-03")]
    public async Task Launch_OfWhatIsNotThere_IsBadInputAndStartsNothing(string model, string? snapshot, string expected)
    {
        await using LaunchingStack stack = await LaunchingStack.StartAsync(EngineKind.Local);

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(
            () => RetrainingLaunch.StartAsync(EngineLine.Over(stack.Client), new() { Model = model, Snapshot = snapshot }, _ => { }, CancellationToken.None));

        CommandException explained = FailureText.Explain(failed);
        Assert.Equal(ExitCodes.BadInput, explained.ExitCode);
        Assert.Contains(expected, explained.Message, StringComparison.Ordinal);
        Assert.Empty(await stack.RunsAsync(0));
    }

    private static async Task<TriggerReason[]> TriggersAsync(LaunchingStack stack, int awaited)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        var run = stack.Client.GetWorkflowHandle<RetrainingWorkflow, RetrainingState>(WorkflowIds.Retraining(SampleModel.Name));
        while (true)
        {
            RetrainingState state = await run.QueryAsync(workflow => workflow.State);
            if (state.Triggers.Length >= awaited)
            {
                return [.. state.Triggers];
            }

            await Task.Delay(50, limit.Token);
        }
    }

    private static DateTimeOffset NextSecond(TimeSpan ahead)
    {
        DateTimeOffset later = TimeProvider.System.GetUtcNow() + ahead;
        return later.AddTicks(-(later.Ticks % TimeSpan.TicksPerSecond));
    }
}
