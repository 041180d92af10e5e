using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Rollback;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Workflows.Tests.Approvals;

/// <summary>What waits for release engineers: what is told of it, who may decide, and what time does.</summary>
public sealed class DecidableWorkflowTests
{
    private static readonly ApprovalPolicy Policy = new() { Threshold = 2, Timeout = TimeSpan.FromDays(7), ReminderInterval = TimeSpan.FromDays(1) };

    [Fact]
    public async Task Pending_FromTheFirstMinuteToTheLastDecision_SaysWhatIsWaitedFor()
    {
        await using SkippingEngine engine = await SkippingEngine.StartAsync();
        await engine.WithWorkerAsync<RollbackWorkflow>(new RollbackDesk(Policy), async () =>
        {
            WorkflowHandle<RollbackWorkflow, RollbackState> rollback = await BeginAsync(engine);
            PendingDecision pending = await PendingAsync(rollback);

            Assert.Equal((RequestKind.Rollback, "m", "production", 3L, "subject"), (pending.Kind, pending.Model, pending.Channel, pending.ChannelVersion, pending.SubjectDigest));
            Assert.Equal(("carol", true, 2), (pending.RequestedBy, pending.IsRequesterVerified, pending.Required));
            Assert.Equal(["carol"], pending.Excluded);
            Assert.Equal((engine.Time.GetUtcNow(), engine.Time.GetUtcNow().AddDays(7)), (pending.Since, pending.Until));
            Assert.Equal([rollback.Id], await WaitingAsync(engine));

            DecisionReceipt first = await rollback.ExecuteUpdateAsync(workflow => workflow.ApproveAsync(new("ada")));
            Assert.Equal(1, first.ApprovalCount);
            Assert.Equal(["ada"], (await PendingAsync(rollback)).ApprovedBy);
            await rollback.ExecuteUpdateAsync(workflow => workflow.ApproveAsync(new("ben")));

            RollbackState ended = await rollback.GetResultAsync();
            Assert.Equal((RollbackOutcome.RolledBack, 3L), (ended.Outcome, ended.Entry?.Version));
            Assert.Null(await rollback.QueryAsync(workflow => workflow.Pending));
            Assert.Empty(await WaitingAsync(engine));
        });
    }

    [Fact]
    public async Task Decision_OfWhoAskedOrDecidedBefore_IsRefused_AndTheWaitingGoesOn()
    {
        await using SkippingEngine engine = await SkippingEngine.StartAsync();
        await engine.WithWorkerAsync<RollbackWorkflow>(new RollbackDesk(Policy), async () =>
        {
            WorkflowHandle<RollbackWorkflow, RollbackState> rollback = await BeginAsync(engine);
            await PendingAsync(rollback);
            await rollback.ExecuteUpdateAsync(workflow => workflow.ApproveAsync(new("ada")));

            Assert.Contains("asked for this run", await RefusalAsync(rollback, "carol"), StringComparison.Ordinal);
            Assert.Contains("already counted", await RefusalAsync(rollback, "ada"), StringComparison.Ordinal);
            Assert.Contains("no member 'bundle'", await RefusalAsync(rollback, " "), StringComparison.Ordinal);

            Assert.Equal(["ada"], (await PendingAsync(rollback)).ApprovedBy);
            await rollback.ExecuteUpdateAsync(workflow => workflow.RejectAsync(new("carol")));
            Assert.Equal(RollbackOutcome.Rejected, (await rollback.GetResultAsync()).Outcome);
        });
    }

    [Fact]
    public async Task Waiting_UntilTheLastSecondOfTheLastDay_EndsByItself()
    {
        await using SkippingEngine engine = await SkippingEngine.StartAsync();
        await engine.WithWorkerAsync<RollbackWorkflow>(new RollbackDesk(Policy), async () =>
        {
            WorkflowHandle<RollbackWorkflow, RollbackState> rollback = await BeginAsync(engine);
            DateTimeOffset until = (await PendingAsync(rollback)).Until;
            for (int day = 1; day < 7; day++)
            {
                await SkipAsync(engine, rollback, TimeSpan.FromDays(1));
                Assert.NotNull(await rollback.QueryAsync(workflow => workflow.Pending));
            }

            Assert.Equal(TimeSpan.FromDays(1), until - engine.Time.GetUtcNow());
            engine.Time.Advance(TimeSpan.FromDays(1));

            RollbackState ended = await rollback.GetResultAsync();
            Assert.Equal(RollbackOutcome.ApprovalTimedOut, ended.Outcome);
            Assert.Contains("0 of 2 approvals", ended.Reason, StringComparison.Ordinal);
        });
    }

    private static Task<WorkflowHandle<RollbackWorkflow, RollbackState>> BeginAsync(SkippingEngine engine) => engine.Client.StartWorkflowAsync(
        (RollbackWorkflow workflow) => workflow.RunAsync(RollbackDesk.Request), new(WorkflowIds.Rollback("m", "production"), TaskQueues.Lifecycle));

    private static async Task<PendingDecision> PendingAsync(WorkflowHandle<RollbackWorkflow, RollbackState> rollback) =>
        (await SkippingEngine.UntilAsync(() => rollback.QueryAsync(workflow => workflow.Pending), pending => pending is not null))!;

    private static async Task<string[]> WaitingAsync(SkippingEngine engine) => await engine.Client
        .ListWorkflowsAsync("LifecycleStage = 'Approval' AND ExecutionStatus = 'Running'").Select(workflow => workflow.Id).ToArrayAsync();

    private static async Task<string> RefusalAsync(WorkflowHandle<RollbackWorkflow, RollbackState> rollback, string engineer)
    {
        WorkflowUpdateFailedException refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
            () => rollback.ExecuteUpdateAsync(workflow => workflow.ApproveAsync(new(engineer))));
        return refused.InnerException!.Message;
    }

    // The reminder's timer fires; its task must be over before the clock goes on, or it would time out.
    private static async Task SkipAsync(SkippingEngine engine, WorkflowHandle rollback, TimeSpan time)
    {
        int before = (await rollback.DescribeAsync()).HistoryLength;
        engine.Time.Advance(time);
        await SkippingEngine.UntilAsync(() => rollback.DescribeAsync(), seen => seen.HistoryLength >= before + 5);
    }
}
