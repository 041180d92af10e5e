using Lifecycle.Activities;
using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Contracts;
using Temporalio.Testing;

namespace Lifecycle.EndToEnd.Tests.Launching;

/// <summary>A launch was executed and its answer lost: the attempt that follows starts no second run.</summary>
public sealed class LostAnswerTests
{
    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Launch_RepeatedAfterItsRunEnded_IsRecognised(EngineKind kind)
    {
        await using LaunchingStack stack = await LaunchingStack.StartAsync(kind);
        LaunchResult first = await LaunchAsync(stack, "occasion-1", attempt: 1);
        await EndAsync(stack, first);

        LaunchResult repeated = await LaunchAsync(stack, "occasion-1", attempt: 2);
        LaunchResult other = await LaunchAsync(stack, "occasion-2", attempt: 2);

        Assert.Equal(first, repeated);
        Assert.NotEqual(first.RunId, other.RunId);
        Assert.Equal(2, (await stack.RunsAsync(2)).Count);
    }

    [Fact]
    public async Task Launch_RepeatedAfterTheRunThatItJoinedEnded_IsRecognised()
    {
        await using LaunchingStack stack = await LaunchingStack.StartAsync(EngineKind.Local);
        LaunchResult first = await LaunchAsync(stack, "occasion-1", attempt: 1);
        LaunchResult joined = await LaunchAsync(stack, "occasion-2", attempt: 1);
        await EndAsync(stack, first);
        LaunchResult later = await LaunchAsync(stack, "occasion-3", attempt: 1);
        await EndAsync(stack, later);

        LaunchResult repeated = await LaunchAsync(stack, "occasion-2", attempt: 3);

        Assert.Equal(first, joined);
        Assert.Equal(first, repeated);
        Assert.Equal(2, (await stack.RunsAsync(2)).Count);
    }

    [Fact]
    public async Task Launch_WithoutAnOccasion_StartsAnotherRun()
    {
        await using LaunchingStack stack = await LaunchingStack.StartAsync(EngineKind.Local);
        LaunchResult first = await LaunchAsync(stack, null, attempt: 1);
        await EndAsync(stack, first);

        Assert.NotEqual(first.RunId, (await LaunchAsync(stack, null, attempt: 2)).RunId);
    }

    private static Task EndAsync(LaunchingStack stack, LaunchResult run) =>
        stack.Client.GetWorkflowHandle(run.WorkflowId, run.RunId).TerminateAsync("the run ended before the launch was repeated");

    private static Task<LaunchResult> LaunchAsync(LaunchingStack stack, string? occasion, int attempt)
    {
        RetrainingRequest request = new() { Model = SampleModel.Name, Trigger = new() { Kind = TriggerKind.Schedule, Id = occasion } };
        ActivityEnvironment environment = new()
        {
            Info = ActivityEnvironment.DefaultInfo with { Attempt = attempt, ScheduledTime = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1) },
        };
        return environment.RunAsync(() => new LaunchActivity(stack.Client, stack.Folders, stack.Desk).LaunchRetrainingAsync(request));
    }
}
