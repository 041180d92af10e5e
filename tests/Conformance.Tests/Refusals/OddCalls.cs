using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Conformance.Tests.Refusals;

/// <summary>Calls whose messages parse, but hold what the protocol's types do not promise: times out of range, signs that disagree, odd namespaces.</summary>
internal static class OddCalls
{
    private const string Namespace = "default";
    private const long TooFar = 400_000_000_000;

    private static readonly ImmutableArray<(string Name, Duration Value)> Durations =
    [
        ("nanos-over", new() { Seconds = 1, Nanos = 2_000_000_000 }),
        ("nanos-under", new() { Seconds = 1, Nanos = -2_000_000_000 }),
        ("signs-differ", new() { Seconds = 5, Nanos = -5 }),
        ("too-long", new() { Seconds = TooFar }),
        ("too-negative", new() { Seconds = -TooFar }),
        ("longest", new() { Seconds = long.MaxValue, Nanos = int.MaxValue }),
    ];

    private static readonly ImmutableArray<(string Name, Timestamp Value)> Timestamps =
    [
        ("nanos-over", new() { Seconds = 1_800_000_000, Nanos = 2_000_000_000 }),
        ("nanos-under", new() { Seconds = 1_800_000_000, Nanos = -1 }),
        ("too-late", new() { Seconds = TooFar }),
        ("too-early", new() { Seconds = -TooFar }),
    ];

    public static ImmutableArray<RefusedCall> All { get; } =
    [
        .. Durations.SelectMany(odd => OfDuration(odd.Name, odd.Value)),
        .. Timestamps.SelectMany(odd => OfTimestamp(odd.Name, odd.Value)),
        new("namespace-data-again", async client =>
        {
            await UpdateAsync(client, request => request.UpdateInfo = new() { Data = { ["k"] = "v" } });
            await UpdateAsync(client, request => request.UpdateInfo = new() { Data = { ["k"] = "w" } });
        }),
        new("namespace-empty-update", client => UpdateAsync(client, _ => { })),
        new("namespace-missing", client => UpdateAsync(client, request => request.Namespace = "elsewhere")),
        new("namespace-without-name", client => UpdateAsync(client, request => request.Namespace = "")),
        new("namespace-short-retention", client => UpdateAsync(client, request => request.Config = new() { WorkflowExecutionRetentionTtl = new() { Seconds = 1 } })),
        new("namespace-negative-retention", client => UpdateAsync(client, request => request.Config = new() { WorkflowExecutionRetentionTtl = new() { Seconds = -1 } })),
        new("namespace-empty-config", client => UpdateAsync(client, request => request.Config = new())),
    ];

    /// <summary>The status, OK where the call is taken.</summary>
    public static async Task<RpcException.StatusCode> StatusAsync(RefusedCall call, ITemporalClient client)
    {
        try
        {
            await call.CallAsync(client);
            return RpcException.StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.Code;
        }
    }

    private static IEnumerable<RefusedCall> OfDuration(string name, Duration odd) =>
    [
        new($"run-timeout-{name}", client => StartAsync(client, request => request.WorkflowRunTimeout = odd)),
        new($"task-timeout-{name}", client => StartAsync(client, request => request.WorkflowTaskTimeout = odd)),
        new($"start-delay-{name}", client => StartAsync(client, request => request.WorkflowStartDelay = odd)),
        new($"retry-interval-{name}", client => StartAsync(client, request => request.RetryPolicy = new() { InitialInterval = odd, BackoffCoefficient = 2 })),
        new($"schedule-interval-{name}", client => ScheduleAsync(client, schedule => schedule.Spec = new() { Interval = { new IntervalSpec { Interval = odd } } })),
        new($"schedule-phase-{name}", client => ScheduleAsync(client, schedule => schedule.Spec = new() { Interval = { new IntervalSpec { Interval = new() { Seconds = 60 }, Phase = odd } } })),
        new($"schedule-jitter-{name}", client => ScheduleAsync(client, schedule => schedule.Spec = new() { CronString = { "0 0 * * *" }, Jitter = odd })),
        new($"schedule-catchup-{name}", client => ScheduleAsync(client, schedule => schedule.Policies = new() { CatchupWindow = odd })),
        new($"namespace-retention-{name}", client => UpdateAsync(client, request => request.Config = new() { WorkflowExecutionRetentionTtl = odd })),
    ];

    private static IEnumerable<RefusedCall> OfTimestamp(string name, Timestamp odd) =>
    [
        new($"schedule-start-{name}", client => ScheduleAsync(client, schedule => schedule.Spec = new() { CronString = { "0 0 * * *" }, StartTime = odd })),
        new($"schedule-end-{name}", client => ScheduleAsync(client, schedule => schedule.Spec = new() { CronString = { "0 0 * * *" }, EndTime = odd })),
        new($"schedule-times-{name}", client => WithScheduleAsync(client, _ => { }, id => client.WorkflowService.ListScheduleMatchingTimesAsync(
            new() { Namespace = Namespace, ScheduleId = id, StartTime = odd, EndTime = odd }))),
        new($"schedule-backfill-{name}", client => WithScheduleAsync(client, _ => { }, id => client.WorkflowService.PatchScheduleAsync(
            new() { Namespace = Namespace, ScheduleId = id, RequestId = "p", Patch = new() { BackfillRequest = { new BackfillRequest { StartTime = odd, EndTime = odd } } } }))),
    ];

    private static async Task StartAsync(ITemporalClient client, Action<StartWorkflowExecutionRequest> change)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = Namespace,
            WorkflowId = $"odd/{Guid.NewGuid()}",
            WorkflowType = new() { Name = "GreetingWorkflow" },
            TaskQueue = new() { Name = "nobody" },
            RequestId = "r",
        };
        change(request);
        await client.WorkflowService.StartWorkflowExecutionAsync(request);
        await client.WorkflowService.DescribeWorkflowExecutionAsync(new() { Namespace = Namespace, Execution = new() { WorkflowId = request.WorkflowId } });
        await client.WorkflowService.TerminateWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = new() { WorkflowId = request.WorkflowId } });
    }

    private static Task ScheduleAsync(ITemporalClient client, Action<Schedule> change) => WithScheduleAsync(
        client, change, id => client.WorkflowService.DescribeScheduleAsync(new() { Namespace = Namespace, ScheduleId = id }));

    private static async Task WithScheduleAsync(ITemporalClient client, Action<Schedule> change, Func<string, Task> thenAsync)
    {
        var id = $"odd/{Guid.NewGuid()}";
        var schedule = new Schedule
        {
            Spec = new(),
            State = new() { Paused = true },
            Action = new() { StartWorkflow = new() { WorkflowId = "w", WorkflowType = new() { Name = "W" }, TaskQueue = new() { Name = "q" } } },
        };
        change(schedule);
        await client.WorkflowService.CreateScheduleAsync(new() { Namespace = Namespace, ScheduleId = id, RequestId = "r", Schedule = schedule });
        try
        {
            await thenAsync(id);
        }
        finally
        {
            await client.WorkflowService.DeleteScheduleAsync(new() { Namespace = Namespace, ScheduleId = id });
        }
    }

    private static Task<UpdateNamespaceResponse> UpdateAsync(ITemporalClient client, Action<UpdateNamespaceRequest> change)
    {
        var request = new UpdateNamespaceRequest { Namespace = Namespace };
        change(request);
        return client.WorkflowService.UpdateNamespaceAsync(request);
    }
}
