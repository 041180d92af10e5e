using System.Text.Json;
using Lifecycle.Cli.Hosting;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Lifecycle.EndToEnd.Tests.Failures;

/// <summary>The input of an activity that the worker cannot read, as a workflow of another version may send it: one attempt, and its reason.</summary>
public sealed class UnreadableInputTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Input_ThatCannotBeRead_FailsItsActivityAtOnce_AndSaysWhy(EngineKind engine)
    {
        await using SampleStack stack = await SampleStack.StartAsync(engine);
        using TemporalWorker caller = new(stack.Client, new TemporalWorkerOptions("a-caller").AddWorkflow<CallingWorkflow>());
        await caller.ExecuteAsync(async () =>
        {
            foreach ((string activity, string input, string named) in (IEnumerable<(string, string, string)>)
            [
                ("ReadDefinition", "null", "RetrainingRequest"), ("ReadDefinition", "[]", "RetrainingRequest"), ("ReadDefinition", """{"modell":"x"}""", "model"),
                ("TakeSnapshot", """{"model":null}""", "model"), ("MoveChannel", "7", "ChannelEntry"), ("ScorePartition", """{"index":"first"}""", "index"),
            ])
            {
                var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => stack.Client.ExecuteWorkflowAsync(
                    (CallingWorkflow workflow) => workflow.RunAsync(activity, JsonDocument.Parse(input).RootElement), new($"call/{Guid.NewGuid():N}", "a-caller")).WaitAsync(Limit));
                var refused = Assert.IsType<ApplicationFailureException>(Assert.IsType<ActivityFailureException>(failed.InnerException).InnerException);
                Assert.True(refused.NonRetryable, refused.Message);
                Assert.Contains(named, refused.Message, StringComparison.OrdinalIgnoreCase);
            }
        });
    }

    /// <summary>Calls an activity of the product's worker with any input, and would have it retried for ever.</summary>
    [Workflow]
    public sealed class CallingWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync(string activity, JsonElement input) => await Workflow.ExecuteActivityAsync(
            activity, [input], new() { TaskQueue = activity == "TakeSnapshot" || activity == "ScorePartition" ? TaskQueues.Training : activity == "MoveChannel" ? TaskQueues.Publish : TaskQueues.Lifecycle, ScheduleToCloseTimeout = Limit });
    }
}
