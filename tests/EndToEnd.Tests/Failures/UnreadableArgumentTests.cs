using System.Text.Json;
using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Retraining;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Failures;

/// <summary>What a person types for a start, a signal or an update, and gets wrong: said at once, and no run is the worse for it.</summary>
public sealed class UnreadableArgumentTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Arguments_ThatCannotBeRead_FailAStart_AreRefusedByUpdates_AndDroppedAsSignals(EngineKind engine)
    {
        await using SampleStack stack = await SampleStack.StartAsync(engine);
        (string Input, string Named)[] starts =
        [
            ("""{"modell":"sample-host"}""", "model"), ("null", "RetrainingRequest"), ("""{"model":null}""", "model"), ("[]", "RetrainingRequest"),
            ("""{"model":"sample-host","snapshoot":"2024-01"}""", "snapshoot"), ("""{"model":"sample-host","trigger":{"kind":"Moon"}}""", "kind"),
        ];
        foreach ((string input, string named) in starts)
        {
            using JsonDocument argument = JsonDocument.Parse(input);
            WorkflowHandle wrong = await stack.Client.StartWorkflowAsync(
                nameof(RetrainingWorkflow), [argument.RootElement], new($"wrong/{Guid.NewGuid():N}", TaskQueues.Lifecycle));
            var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => wrong.GetResultAsync().WaitAsync(Limit));
            Assert.Contains(named, $"{failed.InnerException}", StringComparison.OrdinalIgnoreCase);
        }

        var run = await SampleRuns.StartAsync(stack.Client, "2024-01");
        foreach (string input in (string[])["null", "{\"kind\":null}", "{\"kidn\":\"Data\"}", "[null]", "7", "\"text\""])
        {
            using JsonDocument argument = JsonDocument.Parse(input);
            await run.SignalAsync("AddTrigger", [argument.RootElement]);
            await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => run.ExecuteUpdateAsync("Approve", [argument.RootElement]));
        }

        await SampleRuns.DecideAsync(run, stack.Home, "demo-ada");
        await SampleRuns.DecideAsync(run, stack.Home, "demo-grace");
        RetrainingState state = await run.GetResultAsync().WaitAsync(Limit);
        Assert.Equal(RetrainingOutcome.Promoted, state.Outcome);
        Assert.Equal("carol", Assert.Single(state.Triggers).RequestedBy);
        Assert.Equal(SampleModel.Name, state.Model);
    }
}
