using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Lifecycle.LocalEngine.Tests.Running;

public sealed class StartTests : IAsyncLifetime
{
    private const string Queue = "start";
    private RunningEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await RunningEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Start_OfAnIdThatRuns_IsRefusedWithTheRunItMet()
    {
        var first = await StartWordsAsync(new("words", Queue));

        var refusal = await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(() => StartWordsAsync(new("words", Queue)));

        Assert.Equal(first.ResultRunId, refusal.RunId);
    }

    [Fact]
    public async Task Start_UsingTheExistingRun_FindsIt()
    {
        var first = await StartWordsAsync(new("words", Queue));

        var second = await StartWordsAsync(new("words", Queue) { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });

        Assert.Equal(first.ResultRunId, second.ResultRunId);
    }

    [Fact]
    public async Task Start_TerminatingTheExistingRun_BeginsANewOne()
    {
        var first = await StartWordsAsync(new("words", Queue));

        var second = await StartWordsAsync(new("words", Queue) { IdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting });

        Assert.NotEqual(first.ResultRunId, second.ResultRunId);
        Assert.Equal(WorkflowExecutionStatus.Terminated, (await engine.Client.GetWorkflowHandle("words", first.ResultRunId).DescribeAsync()).Status);
    }

    [Theory]
    [InlineData(WorkflowIdReusePolicy.RejectDuplicate, true)]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicateFailedOnly, false)]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicate, false)]
    public async Task Start_OfAnIdWhoseRunWasTerminated_FollowsTheReusePolicy(WorkflowIdReusePolicy policy, bool refused)
    {
        await (await StartWordsAsync(new("words", Queue))).TerminateAsync();

        Task<WorkflowHandle<WordsWorkflow, string>> Again() => StartWordsAsync(new("words", Queue) { IdReusePolicy = policy });

        if (refused)
        {
            await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(Again);
        }
        else
        {
            Assert.Equal("words", (await Again()).Id);
        }
    }

    [Fact]
    public async Task Start_SentTwiceWithOneRequestId_StartsOnce()
    {
        var request = new Temporalio.Api.WorkflowService.V1.StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = "words",
            WorkflowType = new() { Name = "WordsWorkflow" },
            TaskQueue = new() { Name = Queue },
            RequestId = "the-same",
        };

        var first = await engine.Client.Connection.WorkflowService.StartWorkflowExecutionAsync(request);
        var second = await engine.Client.Connection.WorkflowService.StartWorkflowExecutionAsync(request);

        Assert.Equal(first.RunId, second.RunId);
        Assert.True(second.Started);
    }

    [Fact]
    public async Task Start_WithAnUnregisteredSearchAttribute_IsRefusedByItsName()
    {
        var unknown = SearchAttributeKey.CreateKeyword("Unheard");
        var options = new WorkflowOptions("words", Queue) { TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(unknown, "x").ToSearchAttributeCollection() };

        var refusal = await Assert.ThrowsAsync<RpcException>(() => StartWordsAsync(options));

        Assert.Equal(RpcException.StatusCode.InvalidArgument, refusal.Code);
        Assert.Contains("Unheard", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task SignalWithStart_OnNoRun_StartsItWithTheSignalFirst() => engine.WithWorkerAsync(Queue, async () =>
    {
        var options = new WorkflowOptions("words", Queue);
        options.SignalWithStart((WordsWorkflow flow) => flow.AddAsync("first"));

        var words = await StartWordsAsync(options);
        await words.SignalAsync(flow => flow.FinishAsync());

        Assert.Equal("first", await words.GetResultAsync());
        Assert.Equal(EventType.WorkflowExecutionSignaled, (await words.FetchHistoryAsync()).Events.ElementAt(1).EventType);
    });

    [Fact]
    public Task UpdateWithStart_OnNoRun_TravelsWithItsFirstWorkflowTask() => engine.WithWorkerAsync(Queue, async () =>
    {
        var start = WithStartWorkflowOperation.Create(
            (WordsWorkflow flow) => flow.RunAsync(),
            new("words", Queue) { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });

        Assert.Equal(1, await engine.Client.ExecuteUpdateWithStartWorkflowAsync((WordsWorkflow flow) => flow.AddGreetingAsync("Ada"), new(start)));

        var types = (await (await start.GetHandleAsync()).FetchHistoryAsync()).Events.Select(recorded => recorded.EventType);
        Assert.Equal(EventType.WorkflowExecutionUpdateAccepted, types.ElementAt(4));
    });

    [Fact]
    public Task Start_WithADelay_WaitsForItOrForASignal() => engine.WithWorkerAsync(Queue, async () =>
    {
        var words = await StartWordsAsync(new("words", Queue) { StartDelay = TimeSpan.FromHours(1) });
        Assert.Equal(1, (await engine.DescribeAsync("words")).WorkflowExecutionInfo.HistoryLength);

        await words.SignalAsync(flow => flow.FinishAsync());

        Assert.Equal("", await words.GetResultAsync());
    });

    private Task<WorkflowHandle<WordsWorkflow, string>> StartWordsAsync(WorkflowOptions options) =>
        engine.Client.StartWorkflowAsync((WordsWorkflow flow) => flow.RunAsync(), options);
}
