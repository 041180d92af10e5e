using Lifecycle.Domain.Artifacts;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Calls;

/// <summary>
/// How workflows call activities: which queue, how long, and how often. Bad input and defects (<see cref="FailureTypes.NotRetried"/>)
/// are not retried. What comes from outside, a store that is down for an hour among it, is retried with back-off until it works or a
/// person cancels the run; what nobody knows is given up after ten attempts, which the worker says. A retry shows its reason in the
/// workflow's details.
/// </summary>
internal sealed class StageActivities
{
    private static readonly RetryPolicy Retries = new()
    {
        InitialInterval = TimeSpan.FromSeconds(1),
        BackoffCoefficient = 2,
        MaximumInterval = TimeSpan.FromSeconds(30),
        NonRetryableErrorTypes = FailureTypes.NotRetried,
    };

    private readonly TimeSpan heartbeatTimeout;

    /// <summary>Makes the calls of one workflow.</summary>
    /// <param name="heartbeatTimeout">How long a worker may stay silent before its call is given to another.</param>
    public StageActivities(TimeSpan heartbeatTimeout)
    {
        this.heartbeatTimeout = heartbeatTimeout;
        RetryNotice.ShowInDetails();
    }

    /// <summary>A call that ends within seconds.</summary>
    public ActivityOptions Short(string summary) => Call(TaskQueues.Lifecycle, TimeSpan.FromMinutes(1), summary);

    /// <summary>A call on the same queue that reads files of any length.</summary>
    public ActivityOptions Medium(string summary) => Call(TaskQueues.Lifecycle, TimeSpan.FromMinutes(30), summary);

    /// <summary>A data or training stage.</summary>
    public ActivityOptions Long(string summary) => Call(TaskQueues.Training, TimeSpan.FromHours(6), summary);

    /// <summary>A call that needs the publisher's key, or moves a ReleaseChannel.</summary>
    public ActivityOptions Publish(string summary) => Call(TaskQueues.Publish, TimeSpan.FromMinutes(10), summary);

    private ActivityOptions Call(string queue, TimeSpan limit, string summary) => new()
    {
        TaskQueue = queue,
        StartToCloseTimeout = limit,
        HeartbeatTimeout = heartbeatTimeout,
        RetryPolicy = Retries,
        Summary = summary,
    };
}
