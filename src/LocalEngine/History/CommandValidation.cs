using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// Says what is wrong with search attributes, null when nothing is. Attributes that pass are marked with their
/// registered type, as the history shows them.
/// </summary>
internal delegate string? SearchAttributeCheck(SearchAttributes? attributes);

/// <summary>Why a workflow task fails for what it asked. The message is shown on the workflow task's failure.</summary>
internal sealed record CommandViolation(WorkflowTaskFailedCause Cause, string Message)
{
    /// <summary>A worker that tries again would ask for the same: the run is terminated.</summary>
    public bool Terminates { get; init; }
}

/// <summary>
/// Commands that no run can obey. They fail the workflow task before any of its commands takes effect, so that a
/// corrected worker finds the run as it was.
/// </summary>
internal static class CommandValidation
{
    private const int MaximumPending = 2_000;

    public static CommandViolation? FirstViolation(RunState state, IReadOnlyCollection<Command> commands, SearchAttributeCheck check) =>
        commands.Select(command => Violation(state, command, check) ?? OversizedCommands.Violation(command)).FirstOrDefault(violation => violation is not null)
        ?? LimitViolation(state, commands);

    private static CommandViolation? Violation(RunState state, Command command, SearchAttributeCheck check) => command.CommandType switch
    {
        CommandType.ScheduleActivityTask => Activity(state, command.ScheduleActivityTaskCommandAttributes),
        CommandType.StartTimer => Timer(command.StartTimerCommandAttributes),
        CommandType.StartChildWorkflowExecution => Child(command.StartChildWorkflowExecutionCommandAttributes)
            ?? Attributes(check, command.StartChildWorkflowExecutionCommandAttributes.SearchAttributes),
        CommandType.UpsertWorkflowSearchAttributes => Attributes(check, command.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes),
        CommandType.ContinueAsNewWorkflowExecution => Attributes(check, command.ContinueAsNewWorkflowExecutionCommandAttributes.SearchAttributes),
        CommandType.ScheduleNexusOperation or CommandType.RequestCancelNexusOperation or CommandType.Unspecified =>
            new(WorkflowTaskFailedCause.FeatureDisabled, $"FeatureDisabled: this engine does not know the command {command.CommandType}."),
        _ => null,
    };

    private static CommandViolation? Activity(RunState state, ScheduleActivityTaskCommandAttributes command)
    {
        var problem = command switch
        {
            { ActivityId.Length: 0 } => "ActivityId is not set on ScheduleActivityTaskCommand.",
            { ActivityType: null or { Name.Length: 0 } } => "ActivityType is not set on ScheduleActivityTaskCommand.",
            _ when !command.ScheduleToCloseTimeout.IsPositive() && !command.StartToCloseTimeout.IsPositive() =>
                "A valid StartToClose or ScheduleToCloseTimeout is not set on ScheduleActivityTaskCommand.",
            _ => null,
        };
        if (problem is not null)
        {
            return new(WorkflowTaskFailedCause.BadScheduleActivityAttributes, $"BadScheduleActivityAttributes: {problem} ActivityId={command.ActivityId} ActivityType={command.ActivityType?.Name}");
        }

        return state.Activities.Values.Any(pending => pending.Attributes.ActivityId == command.ActivityId)
            ? new(WorkflowTaskFailedCause.ScheduleActivityDuplicateId, $"ScheduleActivityDuplicateId: activity {command.ActivityId} is already pending.")
            : null;
    }

    private static CommandViolation? Timer(StartTimerCommandAttributes command) => command.TimerId.Length == 0
        ? new(WorkflowTaskFailedCause.BadStartTimerAttributes, "BadStartTimerAttributes: TimerId is not set on StartTimerCommand.")
        : null;

    private static CommandViolation? Child(StartChildWorkflowExecutionCommandAttributes command)
    {
        var problem = command switch
        {
            { WorkflowId.Length: 0 } => "Required field WorkflowId is not set on StartChildWorkflowExecutionCommand.",
            { WorkflowType: null or { Name.Length: 0 } } => "Required field WorkflowType is not set on StartChildWorkflowExecutionCommand.",
            { CronSchedule.Length: > 0 } => "cron schedules are not supported by this engine: use a schedule.",
            _ => null,
        };
        return problem is null
            ? null
            : new(WorkflowTaskFailedCause.BadStartChildExecutionAttributes, $"BadStartChildExecutionAttributes: {problem} WorkflowId={command.WorkflowId}");
    }

    private static CommandViolation? Attributes(SearchAttributeCheck check, SearchAttributes? attributes) =>
        check(attributes) is { } problem ? new(WorkflowTaskFailedCause.BadSearchAttributes, "BadSearchAttributes: " + problem) : null;

    private static CommandViolation? LimitViolation(RunState state, IReadOnlyCollection<Command> commands)
    {
        int Count(CommandType type) => commands.Count(command => command.CommandType == type);

        if (state.Activities.Count + Count(CommandType.ScheduleActivityTask) > MaximumPending)
        {
            return new(WorkflowTaskFailedCause.PendingActivitiesLimitExceeded, $"PendingActivitiesLimitExceeded: the limit of pending activities, {MaximumPending}, would be exceeded.");
        }

        return state.Children.Count + Count(CommandType.StartChildWorkflowExecution) > MaximumPending
            ? new(WorkflowTaskFailedCause.PendingChildWorkflowsLimitExceeded, $"PendingChildWorkflowsLimitExceeded: the limit of pending child workflows, {MaximumPending}, would be exceeded.")
            : null;
    }
}
