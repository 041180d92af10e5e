using Temporalio.Client;

namespace Lifecycle.LocalEngine.Tests.Running;

/// <summary>A history larger than a message: workers and clients get it in pages.</summary>
public sealed class LongHistoryTests : IAsyncLifetime
{
    private const int Signals = 30;
    private const int SignalBytes = 200_000;
    private RunningEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await RunningEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task History_LargerThanAMessage_ReachesTheWorkerInPages()
    {
        var words = await engine.Client.StartWorkflowAsync((WordsWorkflow flow) => flow.RunAsync(), new("words", "long"));
        for (var number = 0; number < Signals; number++)
        {
            await words.SignalAsync(flow => flow.AddAsync(new string('x', SignalBytes)));
        }

        await engine.WithWorkerAsync(
            "long",
            async () => Assert.Equal(Signals, await words.QueryAsync(flow => flow.Count())),
            options => options.MaxCachedWorkflows = 0);
    }

    [Fact]
    public async Task History_ReadForwardsAndBackwardsInPages_IsTheSame()
    {
        var words = await engine.Client.StartWorkflowAsync((WordsWorkflow flow) => flow.RunAsync(), new("words", "long"));
        for (var number = 0; number < 25; number++)
        {
            await words.SignalAsync(flow => flow.AddAsync("x"));
        }

        var forwards = await PagesAsync(async token =>
        {
            var page = await engine.Client.Connection.WorkflowService.GetWorkflowExecutionHistoryAsync(new()
            {
                Namespace = "default", Execution = new() { WorkflowId = "words" }, MaximumPageSize = 7, NextPageToken = token,
            });
            return (page.History, page.NextPageToken);
        });
        var backwards = await PagesAsync(async token =>
        {
            var page = await engine.Client.Connection.WorkflowService.GetWorkflowExecutionHistoryReverseAsync(new()
            {
                Namespace = "default", Execution = new() { WorkflowId = "words" }, MaximumPageSize = 4, NextPageToken = token,
            });
            return (page.History, page.NextPageToken);
        });

        Assert.Equal(Enumerable.Range(1, 27).Select(number => (long)number), forwards);
        Assert.Equal(forwards.AsEnumerable().Reverse(), backwards);
    }

    private static async Task<List<long>> PagesAsync(Func<Google.Protobuf.ByteString, Task<(Temporalio.Api.History.V1.History History, Google.Protobuf.ByteString Token)>> read)
    {
        var ids = new List<long>();
        var token = Google.Protobuf.ByteString.Empty;
        do
        {
            (var history, token) = await read(token);
            ids.AddRange(history.Events.Select(recorded => recorded.EventId));
        }
        while (!token.IsEmpty);

        return ids;
    }
}
