using Lifecycle.Cli.Hosting;
using Lifecycle.Client;
using Lifecycle.Client.Schedules;
using Lifecycle.Definitions;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schedules;
using Lifecycle.Domain.Scoring;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Scheduling;
using Lifecycle.Workflows.Scoring;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Launching;

/// <summary>Schedules are made to match model.yaml, on both engines alike.</summary>
public sealed class ScheduleApplyTests
{
    private const string Sections = """
        sensors:
          - { id: rows, file: data/2024-01.csv }
        schedules:
          - id: quarterly
            does: retrain
            calendar: { months: [1, 4, 7, 10], daysOfMonth: [1], hours: [6] }
            timeZone: Europe/Berlin
            jitter: 10m
            catchUp: 31d
            pauseOnFailure: true
            limitedActions: 8
            note: the quarter
          - { id: watch, does: watch, cron: '30 4 * * mon-fri', overlap: bufferOne }
          - { id: score, does: score, rows: { blobPrefix: incoming/today }, every: 1d, phase: 6h, overlap: allowAll }
          - { id: sense, does: sense, every: 10m, overlap: terminateOther, catchUp: 10m }
        """;

    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Schedules_OnceApplied_AreAsWantedAndStaySo(EngineKind kind)
    {
        await using LaunchingStack stack = await LaunchingStack.StartAsync(kind, Sections);
        ModelDefinition model = new ModelCatalog(stack.Folders.Models).Read(SampleModel.Name).Definition;
        ModelSchedules schedules = new(stack.Client);

        SchedulePlan first = await ApplyAsync(schedules, model);
        SchedulePlan second = await schedules.PlanAsync(model, CancellationToken.None);

        Assert.All(first.Changes, change => Assert.Equal(ScheduleChangeKind.Create, change.Kind));
        Assert.All(second.Changes, change => Assert.Equal((ScheduleChangeKind.Unchanged, ""), (change.Kind, string.Join(", ", change.Differences))));
        FoundSchedule quarterly = second.Changes.Single(change => change.Id == "sample-host/quarterly").Found!;
        Assert.Equal(("0 6 1 1-10/3 *", "Europe/Berlin", 8, "the quarter"), (quarterly.Settings.When, quarterly.Settings.TimeZone, quarterly.RemainingActions, quarterly.OperatorNote));
    }

    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Schedules_ChangedByHandAndByTheDefinition_AreMadeToMatchAgain(EngineKind kind)
    {
        await using LaunchingStack stack = await LaunchingStack.StartAsync(kind, Sections);
        ModelDefinition model = new ModelCatalog(stack.Folders.Models).Read(SampleModel.Name).Definition;
        ModelSchedules schedules = new(stack.Client);
        await ApplyAsync(schedules, model);
        ScheduleHandle quarterly = stack.Client.GetScheduleHandle("sample-host/quarterly");
        await quarterly.PauseAsync("freeze");
        await quarterly.UpdateAsync(input => new ScheduleUpdate(input.Description.Schedule with
        {
            Spec = new() { CronExpressions = ["0 7 1 */3 *"], TimeZoneName = "Europe/Berlin", Jitter = TimeSpan.FromMinutes(10) },
            State = input.Description.Schedule.State with { RemainingActions = 3 },
        }));
        ModelDefinition without = model with { Schedules = [.. model.Schedules.Where(schedule => schedule.Id != "watch")] };

        SchedulePlan plan = await ApplyAsync(schedules, without);
        SchedulePlan after = await schedules.PlanAsync(without, CancellationToken.None);

        ScheduleChange change = plan.Changes.Single(change => change.Kind == ScheduleChangeKind.Update);
        Assert.Equal([new("when", "0 7 1 1-10/3 *", "0 6 1 1-10/3 *")], change.Differences);
        Assert.Equal("sample-host/watch", plan.Changes.Single(change => change.Kind == ScheduleChangeKind.Delete).Id);
        Assert.False(after.HasWork);
        FoundSchedule found = after.Changes.Single(change => change.Id == "sample-host/quarterly").Found!;
        Assert.Equal((true, "freeze", 3L), (found.IsPaused, found.OperatorNote, found.RemainingActions));
    }

    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Schedule_ThatScores_MakesABatchOfEachTime(EngineKind kind)
    {
        await using LaunchingStack stack = await LaunchingStack.StartAsync(kind, Sections);
        ModelDefinition model = new ModelCatalog(stack.Folders.Models).Read(SampleModel.Name).Definition;
        await ApplyAsync(new(stack.Client), model);
        DateTime night = new(2026, 1, 1, 6, 0, 0, DateTimeKind.Utc);

        await stack.Client.GetScheduleHandle("sample-host/score").BackfillAsync([new(night, night.AddDays(1), ScheduleOverlapPolicy.AllowAll)]);

        foreach (string key in new[] { "score-20260101t060000z", "score-20260102t060000z" })
        {
            ScoringState state = await BatchAsync(stack.Client.GetWorkflowHandle<BatchScoringWorkflow, ScoringState>(WorkflowIds.Scoring(SampleModel.Name, key)));
            Assert.Equal(key, state.Key);
        }
    }

    [Fact]
    public async Task Schedule_MadeByOtherHands_IsNeitherChangedNorTaken()
    {
        await using LaunchingStack stack = await LaunchingStack.StartAsync(EngineKind.Local, Sections);
        ModelDefinition model = new ModelCatalog(stack.Folders.Models).Read(SampleModel.Name).Definition;
        await stack.Client.CreateScheduleAsync("sample-host/quarterly", WantedSchedule.Of(model, model.Schedules[1]));

        ClientException refused = await Assert.ThrowsAsync<ClientException>(() => ApplyAsync(new(stack.Client), model));

        Assert.Equal(ClientFailure.BadInput, refused.Kind);
        Assert.Contains("was not made by 'lifecycle schedule apply'", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await new ModelSchedules(stack.Client).IdsAsync(model.Name, CancellationToken.None));
    }

    private static async Task<ScoringState> BatchAsync(WorkflowHandle<BatchScoringWorkflow, ScoringState> batch)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        while (true)
        {
            try
            {
                return await batch.QueryAsync(workflow => workflow.State);
            }
            catch (RpcException early) when (early.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.FailedPrecondition)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }

    private static async Task<SchedulePlan> ApplyAsync(ModelSchedules schedules, ModelDefinition model)
    {
        SchedulePlan plan = await schedules.PlanAsync(model, CancellationToken.None);
        await schedules.ApplyAsync(model, plan, CancellationToken.None);
        await ListedAsync(schedules, model);
        return plan;
    }

    // The official server's lists lag behind.
    private static async Task ListedAsync(ModelSchedules schedules, ModelDefinition model)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        while ((await schedules.IdsAsync(model.Name, limit.Token)).Count != model.Schedules.Length)
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
