using Temporalio.Activities;

namespace Lifecycle.Activities.Stages;

/// <summary>Which workflow a stage works for, and since when: the same in the worker, and in the child process that has no activity.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="WorkflowRunId">Its run.</param>
/// <param name="ScheduledAt">When the activity was first scheduled, so that a retry judges as the first attempt did.</param>
public sealed record StageCaller(string WorkflowId, string WorkflowRunId, DateTimeOffset ScheduledAt)
{
    private static readonly AsyncLocal<StageCaller?> Told = new();

    /// <summary>The caller of the stage that runs here.</summary>
    public static StageCaller Current => ActivityExecutionContext.HasCurrent
        ? Of(ActivityExecutionContext.Current.Info)
        : Told.Value ?? throw new InvalidOperationException("a stage was asked for who called it, and nobody did");

    /// <summary>The caller of an activity.</summary>
    public static StageCaller Of(ActivityInfo activity) =>
        new(activity.WorkflowId ?? "", activity.WorkflowRunId ?? "", new DateTimeOffset(activity.ScheduledTime, TimeSpan.Zero));

    /// <summary>Tells a child process who called.</summary>
    internal static void Tell(StageCaller? caller) => Told.Value = caller;
}
