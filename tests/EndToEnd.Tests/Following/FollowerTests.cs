using System.Collections.Concurrent;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Following;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Lifecycle.EndToEnd.Tests.Following;

/// <summary>A follower follows: over an engine that comes back elsewhere, to whatever end, and never without a word.</summary>
public sealed class FollowerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Follower_WhoseEngineComesBackOnAnotherPort_FollowsToTheEnd(EngineKind kind)
    {
        await using FollowedEngine engine = await FollowedEngine.StartAsync(kind);
        using CancellationTokenSource limit = new(Limit);
        EngineLine line = await engine.ConnectAsync();
        WorkflowHandle workflow = await FollowedEngine.BeginAsync(line.Client, FollowedStep.Signal);
        Task<FollowedState> followed = Follower(line, workflow.Id, out ConcurrentQueue<string> told)
            .FollowAsync(seen => seen.State, _ => { }, _ => false, limit.Token);

        await engine.DownAsync();
        await UntilAsync(() => told.Any(said => said.Contains("engine gone", StringComparison.Ordinal)), limit.Token);
        await engine.UpAsync();
        ITemporalClient client = await engine.Connection.ConnectAsync(limit.Token);
        using TemporalWorker worker = FollowedEngine.Worker(client, new FollowedActivity());
        FollowedState state = await worker.ExecuteAsync(
            async () =>
            {
                await client.GetWorkflowHandle<FollowedWorkflow>(workflow.Id).SignalAsync(seen => seen.ReleaseAsync());
                return await followed;
            },
            limit.Token);

        Assert.Equal("released", state.Note);
    }

    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Follower_OfAWorkflowThatIsTerminatedWhileTheEngineMoves_Ends(EngineKind kind)
    {
        await using FollowedEngine engine = await FollowedEngine.StartAsync(kind);
        using CancellationTokenSource limit = new(Limit);
        EngineLine line = await engine.ConnectAsync();
        WorkflowHandle workflow = await FollowedEngine.BeginAsync(line.Client, FollowedStep.Signal);
        Task<FollowedState> followed = Follower(line, workflow.Id, out _).ResultAsync(limit.Token);

        await engine.DownAsync();
        await engine.UpAsync();
        ITemporalClient client = await engine.Connection.ConnectAsync(limit.Token);
        await client.GetWorkflowHandle(workflow.Id).TerminateAsync("over");

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => followed);
        Assert.IsType<TerminatedFailureException>(failed.InnerException);
    }

    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Reason_OfEverySilence_SaysWhichItIs(EngineKind kind)
    {
        await using FollowedEngine engine = await FollowedEngine.StartAsync(kind);
        using CancellationTokenSource limit = new(Limit);
        EngineLine line = await engine.ConnectAsync();
        FollowedActivity activity = new();
        WorkflowHandle unattended = await FollowedEngine.BeginAsync(line.Client, FollowedStep.Work);
        Assert.Equal("followed", Assert.IsType<WaitingReason.NoWorker>(await ReasonAsync(line, unattended, _ => true, limit.Token)).Queue);

        using TemporalWorker worker = FollowedEngine.Worker(line.Client, activity);
        await worker.ExecuteAsync(
            async () =>
            {
                Assert.Equal("Wait", (await OfAsync<WaitingReason.InWork>(line, unattended, limit.Token)).Work);
                WorkflowHandle crowded = await FollowedEngine.BeginAsync(line.Client, FollowedStep.Work);
                Assert.Equal(("followed", "Wait"), await OfAsync<WaitingReason.NoSlot>(line, crowded, limit.Token) is var full ? (full.Queue, full.Work) : default);
                WorkflowHandle elsewhere = await FollowedEngine.BeginAsync(line.Client, FollowedStep.Elsewhere);
                Assert.Equal(FollowedWorkflow.Nowhere, (await OfAsync<WaitingReason.NoWorker>(line, elsewhere, limit.Token)).Queue);
                WorkflowHandle signalled = await FollowedEngine.BeginAsync(line.Client, FollowedStep.Signal);
                Assert.Equal("approval by ben", (await OfAsync<WaitingReason.Outside>(line, signalled, limit.Token)).What);
                activity.Release();
                WorkflowHandle failing = await FollowedEngine.BeginAsync(line.Client, FollowedStep.Failure);
                WaitingReason.Retries retries = await OfAsync<WaitingReason.Retries>(line, failing, limit.Token);
                Assert.Equal(("Fail", 2, "the store answers 503\\u001b[31m"), (retries.Work, retries.Attempt, retries.Failure));
                await signalled.TerminateAsync();
                Assert.Null(await ReasonAsync(line, signalled, reason => reason is null, limit.Token));
            },
            limit.Token);

        await engine.DownAsync();
        Assert.IsType<WaitingReason.EngineGone>(await ReasonAsync(line, unattended, _ => true, limit.Token));
    }

    private static WorkflowFollower<FollowedWorkflow, FollowedState> Follower(EngineLine line, string id, out ConcurrentQueue<string> told)
    {
        ConcurrentQueue<string> lines = told = [];
        return new(line, id, null, lines.Enqueue, TimeProvider.System);
    }

    private static async Task<T> OfAsync<T>(EngineLine line, WorkflowHandle workflow, CancellationToken cancellation)
        where T : WaitingReason =>
        Assert.IsType<T>(await ReasonAsync(line, workflow, reason => reason is T, cancellation));

    // The engine needs a moment to get there: asked until it says what is awaited.
    private static async Task<WaitingReason?> ReasonAsync(
        EngineLine line, WorkflowHandle workflow, Func<WaitingReason?, bool> isAwaited, CancellationToken cancellation)
    {
        WaitingLook look = new(line, TimeProvider.System);
        while (true)
        {
            WaitingReason? reason = await look.ReasonAsync(workflow, "approval by ben", cancellation);
            if (isAwaited(reason))
            {
                return reason;
            }

            await Task.Delay(50, cancellation);
        }
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken cancellation)
    {
        while (!condition())
        {
            await Task.Delay(50, cancellation);
        }
    }
}
