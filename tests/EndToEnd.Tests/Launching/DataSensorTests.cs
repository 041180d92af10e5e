using System.Text;
using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Sensors;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Lifecycle.Workflows.Sensing;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Launching;

/// <summary>New data starts a run, once for each content, whoever sees it.</summary>
public sealed class DataSensorTests
{
    private const string Sections = """
        sensors:
          - { id: rows, file: 'data/2024-*.csv', settle: 1s, freshness: 1d }
          - { id: feed, blob: incoming/rows.csv }
          - { id: hook, webhook: true }
        schedules:
          - { id: sense, does: sense, every: 1d }
        """;

    private static readonly DateTime LongAgo = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task File_ThatWasThereAtTheFirstLook_StartsNothing()
    {
        await using LaunchingStack stack = await StartAsync();

        SensorSighting first = await LookAsync(stack);
        SensorSighting second = await LookAsync(stack);

        Assert.Empty(first.Claimed);
        Assert.Empty(second.Claimed);
        Assert.Empty(await stack.RunsAsync(0));
        Assert.True(first.Sensors.Single(record => record.Sensor == "rows").IsStale);
        Assert.False(first.Sensors.Single(record => record.Sensor == "feed").IsStale);
    }

    [Fact]
    public async Task File_WithNewContent_StartsOneRunThatNamesTheDigest()
    {
        await using LaunchingStack stack = await StartAsync();
        await LookAsync(stack);
        Write(stack, "2024-02.csv", "new", LongAgo.AddDays(1));

        SensorSighting seen = await LookAsync(stack);
        SensorSighting again = await LookAsync(stack);

        Assert.Equal(["rows"], seen.Claimed);
        Assert.Empty(again.Claimed);
        TriggerReason trigger = Assert.Single(await TriggersAsync(stack));
        string digest = seen.Sensors.Single(record => record.Sensor == "rows").Digest;
        Assert.Equal((TriggerKind.Data, $"data/rows/{digest}", $"new data, digest {digest}"), (trigger.Kind, trigger.Id, trigger.Note));
    }

    [Fact]
    public async Task File_TouchedOnly_IsNotNew()
    {
        await using LaunchingStack stack = await StartAsync();
        await LookAsync(stack);
        File.SetLastWriteTimeUtc(Path.Combine(stack.ModelFolder, "data", "2024-02.csv"), LongAgo.AddDays(2));

        Assert.Empty((await LookAsync(stack)).Claimed);
    }

    [Fact]
    public async Task File_StillBeingWritten_IsLeftForTheNextLook()
    {
        await using LaunchingStack stack = await StartAsync();
        await LookAsync(stack);
        Write(stack, "2024-02.csv", "half", TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));

        Assert.Empty((await LookAsync(stack)).Claimed);
    }

    [Fact]
    public async Task Blob_ThatArrivesAndChanges_StartsARunEachTime()
    {
        await using LaunchingStack stack = await StartAsync();
        await LookAsync(stack);
        await stack.Store.CompareAndSwapAsync("incoming/rows.csv", Encoding.UTF8.GetBytes("a"), "text/csv", null);

        SensorSighting arrived = await LookAsync(stack);
        SensorSighting quiet = await LookAsync(stack);
        string tag = (await stack.Store.DescribeAsync("incoming/rows.csv"))!.ETag;
        await stack.Store.CompareAndSwapAsync("incoming/rows.csv", Encoding.UTF8.GetBytes("b"), "text/csv", tag);
        SensorSighting changed = await LookAsync(stack);

        Assert.Equal(["feed"], arrived.Claimed);
        Assert.Empty(quiet.Claimed);
        Assert.Equal(["feed"], changed.Claimed);
        Assert.Single(await stack.RunsAsync(1));
    }

    [Fact]
    public async Task Webhook_TellingTheSameTwice_StartsOneRun()
    {
        await using LaunchingStack stack = await StartAsync();
        DataSensorRequest told = new() { Model = SampleModel.Name, Arrival = new() { Sensor = "hook", Digest = "d1", Snapshot = "2024-02" } };

        Assert.Equal(["hook"], (await TellAsync(stack, told)).Claimed);
        Assert.Empty((await TellAsync(stack, told)).Claimed);

        Assert.Equal("data/hook/d1", Assert.Single(await TriggersAsync(stack)).Id);
    }

    [Theory]
    [InlineData("rows", null, "no sensor 'rows' with 'webhook: true'")]
    [InlineData("hook", "1999-01", "has no snapshot '1999-01'")]
    public async Task Webhook_TellingWhatCannotBe_IsRefusedAndForgotten(string sensor, string? snapshot, string expected)
    {
        await using LaunchingStack stack = await StartAsync();
        DataSensorRequest told = new() { Model = SampleModel.Name, Arrival = new() { Sensor = sensor, Digest = "d1", Snapshot = snapshot } };

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => TellAsync(stack, told));

        Assert.Contains(expected, failed.InnerException!.InnerException!.Message, StringComparison.Ordinal);
        Assert.Equal(["hook"], (await TellAsync(stack, told with { Arrival = new() { Sensor = "hook", Digest = "d1" } })).Claimed);
    }

    private static async Task<LaunchingStack> StartAsync()
    {
        LaunchingStack stack = await LaunchingStack.StartAsync(EngineKind.Local, Sections);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(stack.ModelFolder, "data")))
        {
            File.SetLastWriteTimeUtc(file, LongAgo);
        }

        return stack;
    }

    private static void Write(LaunchingStack stack, string name, string content, DateTime changed)
    {
        string path = Path.Combine(stack.ModelFolder, "data", name);
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, changed);
    }

    private static Task<SensorSighting> LookAsync(LaunchingStack stack) => TellAsync(stack, new() { Model = SampleModel.Name });

    private static Task<SensorSighting> TellAsync(LaunchingStack stack, DataSensorRequest request) => stack.Client.ExecuteWorkflowAsync(
        (DataSensorWorkflow workflow) => workflow.RunAsync(request), new("sense/test", TaskQueues.Lifecycle));

    private static async Task<IReadOnlyList<TriggerReason>> TriggersAsync(LaunchingStack stack) =>
        (await stack.Client.GetWorkflowHandle<RetrainingWorkflow, RetrainingState>(WorkflowIds.Retraining(SampleModel.Name)).QueryAsync(workflow => workflow.State)).Triggers;
}
