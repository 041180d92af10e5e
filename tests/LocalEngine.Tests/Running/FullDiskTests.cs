using Google.Protobuf;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.LocalEngine.Tests.Running;

/// <summary>The disk is full: SQLite is told that its file may not grow, which fails in the same place with the same code.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private RunningEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await RunningEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task FullDisk_RefusesNewWorkKeepsTheOldAndRecovers()
    {
        await engine.Client.StartWorkflowAsync((GreetingWorkflow flow) => flow.RunAsync("Ada"), new("before", "disk"));
        await engine.LimitPagesAsync(1);
        var acknowledged = new List<string> { "before" };

        var refusal = await StartUntilRefusedAsync(acknowledged);

        Assert.Equal(RpcException.StatusCode.ResourceExhausted, refusal.Code);
        Assert.Contains("Free space", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(acknowledged.Order(), (await ListAsync()).Order());

        await engine.LimitPagesAsync(int.MaxValue);
        await engine.WithWorkerAsync("disk", async () =>
        {
            foreach (var id in acknowledged)
            {
                Assert.Equal("Hello, Ada!", await engine.Client.GetWorkflowHandle<GreetingWorkflow, string>(id).GetResultAsync());
            }
        });
    }

    // A small transaction may still fit into pages that are free; large ones soon do not.
    private async Task<RpcException> StartUntilRefusedAsync(List<string> acknowledged)
    {
        for (var number = 0; ; number++)
        {
            try
            {
                await StartAsync($"run-{number}");
                acknowledged.Add($"run-{number}");
            }
            catch (RpcException refusal)
            {
                return refusal;
            }
        }
    }

    private Task<StartWorkflowExecutionResponse> StartAsync(string id) => engine.Client.Connection.WorkflowService.StartWorkflowExecutionAsync(new()
    {
        Namespace = "default",
        WorkflowId = id,
        WorkflowType = new() { Name = "GreetingWorkflow" },
        TaskQueue = new() { Name = "disk" },
        Input = new()
        {
            Payloads_ = { new Temporalio.Api.Common.V1.Payload { Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") }, Data = ByteString.CopyFromUtf8("\"Ada\"") } },
        },
        Header = new() { Fields = { ["ballast"] = new() { Data = ByteString.CopyFrom(new byte[50_000]) } } },
    });

    private async Task<List<string>> ListAsync()
    {
        var found = new List<string>();
        await foreach (var run in engine.Client.ListWorkflowsAsync(""))
        {
            found.Add(run.Id);
        }

        return found;
    }
}
