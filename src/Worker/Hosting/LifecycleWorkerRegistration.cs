using System.Text.Json;
using Lifecycle.Activities;
using Lifecycle.Worker.Options;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Alerting;
using Lifecycle.Workflows.Backtesting;
using Lifecycle.Workflows.Channels;
using Lifecycle.Workflows.ColdStart;
using Lifecycle.Workflows.Launching;
using Lifecycle.Workflows.Retraining;
using Lifecycle.Workflows.Rollback;
using Lifecycle.Workflows.Scoring;
using Lifecycle.Workflows.Sensing;
using Lifecycle.Workflows.Watching;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Activities;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

namespace Lifecycle.Worker.Hosting;

/// <summary>Which workflows and activities each task queue serves.</summary>
internal static class LifecycleWorkerRegistration
{
    // The same input makes them again, an argument that cannot be read among them: the workflow fails, and says so. Any other exception of
    // workflow code suspends it until a mended worker comes.
    private static readonly Type[] WorkflowFailures =
    [
        typeof(InvalidOperationException), typeof(ArgumentException), typeof(ArithmeticException), typeof(FormatException), typeof(NullReferenceException),
        typeof(InvalidCastException), typeof(IndexOutOfRangeException), typeof(KeyNotFoundException), typeof(NotSupportedException), typeof(JsonException),
    ];

    // The SDK's own holds a heartbeat back for most of its timeout, and with it the news that a run was terminated.
    private static readonly TimeSpan HeartbeatThrottle = TimeSpan.FromSeconds(1);

    /// <summary>Adds the workers of the queues in <paramref name="options"/>.</summary>
    public static IServiceCollection AddLifecycleWorker(
        this IServiceCollection services, WorkerOptions options, StageActivitySet activities)
    {
        foreach (string queue in options.Queues)
        {
            services.AddHostedTemporalWorker(queue).ConfigureOptions(worker =>
            {
                worker.GracefulShutdownTimeout = options.GracefulShutdownTimeout;
                worker.MaxHeartbeatThrottleInterval = worker.DefaultHeartbeatThrottleInterval = HeartbeatThrottle;
                worker.StickyQueueScheduleToStartTimeout = options.StickyTimeout;
                worker.WorkflowFailureExceptionTypes = WorkflowFailures;
                Serve(worker, queue, options, activities);
            });
        }

        return services;
    }

    private static void Serve(TemporalWorkerOptions worker, string queue, WorkerOptions options, StageActivitySet activities)
    {
        switch (queue)
        {
            case TaskQueues.Lifecycle:
                worker.AddWorkflow<RetrainingWorkflow>().AddWorkflow<LaunchRetrainingWorkflow>().AddWorkflow<ChannelWorkflow>().AddWorkflow<DataSensorWorkflow>();
                worker.AddWorkflow<DriftWatchWorkflow>().AddWorkflow<PromotionWatchWorkflow>().AddWorkflow<RollbackWorkflow>();
                worker.AddWorkflow<AlertWorkflow>().AddWorkflow<EvaluateAlertsWorkflow>();
                worker.AddWorkflow<BatchScoringWorkflow>().AddWorkflow<ScheduledScoringWorkflow>().AddWorkflow<ColdStartWorkflow>().AddWorkflow<BacktestWorkflow>();
                Add(worker, activities.Lifecycle);
                break;
            case TaskQueues.Training:
                worker.MaxConcurrentActivities = options.TrainingSlots;
                Add(worker, activities.Training);
                break;
            default:
                Add(worker, activities.Publish);
                break;
        }
    }

    private static void Add(TemporalWorkerOptions worker, IEnumerable<ActivityDefinition> activities)
    {
        foreach (ActivityDefinition activity in activities)
        {
            worker.AddActivity(activity);
        }
    }
}
