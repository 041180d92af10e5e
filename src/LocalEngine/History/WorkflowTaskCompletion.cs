using System.Collections.Immutable;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Message = Temporalio.Api.Protocol.V1.Message;

namespace Lifecycle.LocalEngine.History;

/// <summary>What a worker's answer came to. A refused answer still changes the run: its workflow task has failed.</summary>
internal readonly record struct CompletionResult(RefusedException? Refusal, long ResetHistoryEventId);

/// <summary>
/// A worker's answer to a workflow task. The order in the history is: completed event, the events of the commands in the
/// order of the commands, the news that was buffered meanwhile, the next workflow task.
/// </summary>
internal static class WorkflowTaskCompletion
{
    /// <summary>Exactly this text tells the SDK that nothing is wrong and the task will come again.</summary>
    private const string UnhandledCommand = "UnhandledCommand";

    public static CompletionResult Complete(Transition transition, RespondWorkflowTaskCompletedRequest answer, SearchAttributeCheck check)
    {
        if (answer.Commands.Any(IsClosing) && HasUnseenNews(transition.State))
        {
            WorkflowTasks.Fail(transition, WorkflowTaskFailedCause.UnhandledCommand, null, answer.Identity);
            return new(RefusedException.Invalid(UnhandledCommand), 0);
        }

        if (CommandValidation.FirstViolation(transition.State, answer.Commands, check) is { } violation)
        {
            var failure = new Failure { Message = violation.Message, ServerFailureInfo = new() };
            WorkflowTasks.Fail(transition, violation.Cause, failure, answer.Identity);
            if (violation.Terminates)
            {
                Closing.Terminate(transition, violation.Message, details: null, "history-service");
            }

            return new(RefusedException.Invalid(violation.Message), 0);
        }

        return OnlyRejects(transition.State, answer) ? Vanish(transition, answer) : Carry(transition, answer);
    }

    private static CompletionResult Carry(Transition transition, RespondWorkflowTaskCompletedRequest answer)
    {
        if (!transition.State.Task!.IsWritten)
        {
            WorkflowTasks.Write(transition);
        }

        var task = transition.State.Task!;
        transition.State = transition.State with { Task = null, NextTaskAttempt = 1, Sticky = StickyOf(answer) };
        var completedEventId = transition.Record(CompletedEvent(task, answer)).EventId;
        ApplyCommands(transition, answer, completedEventId);
        if (!answer.ForceCreateNewWorkflowTask)
        {
            Updates.RejectUnanswered(transition);
        }

        var hadNews = !transition.State.Buffered.IsEmpty;
        transition.FlushBuffer();
        if (hadNews || answer.ForceCreateNewWorkflowTask)
        {
            WorkflowTasks.Schedule(transition);
        }

        ScheduleForUnsentUpdates(transition);
        return default;
    }

    // Every update the task carried was rejected and nothing else happened: the task leaves no trace, and the worker is
    // told to go back to the last event it knows.
    private static CompletionResult Vanish(Transition transition, RespondWorkflowTaskCompletedRequest answer)
    {
        transition.State = transition.State with { Task = null, Sticky = StickyOf(answer) };
        foreach (var message in answer.Messages)
        {
            Updates.Handle(transition, message);
        }

        Updates.RejectUnanswered(transition);
        ScheduleForUnsentUpdates(transition);
        return new(null, transition.State.PreviousStartedEventId);
    }

    private static void ApplyCommands(Transition transition, RespondWorkflowTaskCompletedRequest answer, long completedEventId)
    {
        var messages = answer.Messages.ToImmutableSortedDictionary(message => message.Id, message => message, StringComparer.Ordinal);
        foreach (var command in answer.Commands)
        {
            if (command.CommandType == CommandType.ProtocolMessage)
            {
                messages = HandleMessage(transition, messages, command.ProtocolMessageCommandAttributes.MessageId);
            }
            else if (transition.State.IsOpen)
            {
                Commands.Apply(transition, command, completedEventId, answer.Identity);
            }
        }

        foreach (var message in messages.Values)
        {
            Updates.Handle(transition, message);
        }
    }

    private static ImmutableSortedDictionary<string, Message> HandleMessage(
        Transition transition,
        ImmutableSortedDictionary<string, Message> messages,
        string messageId)
    {
        if (messages.TryGetValue(messageId, out var message))
        {
            Updates.Handle(transition, message);
        }

        return messages.Remove(messageId);
    }

    private static void ScheduleForUnsentUpdates(Transition transition)
    {
        if (Updates.HasUnsent(transition.State))
        {
            WorkflowTasks.Schedule(transition, speculative: true);
        }
    }

    private static bool IsClosing(Command command) => command.CommandType is
        CommandType.CompleteWorkflowExecution or CommandType.FailWorkflowExecution or
        CommandType.CancelWorkflowExecution or CommandType.ContinueAsNewWorkflowExecution;

    private static bool HasUnseenNews(RunState state) => !state.Buffered.IsEmpty || Updates.HasUnsent(state);

    private static bool OnlyRejects(RunState state, RespondWorkflowTaskCompletedRequest answer) =>
        state.Task is { IsSpeculative: true, IsWritten: false }
        && state.PreviousStartedEventId > 0
        && !answer.ForceCreateNewWorkflowTask
        && answer.Commands.All(command => command.CommandType == CommandType.ProtocolMessage)
        && answer.Messages.All(message => message.Body.Is(Rejection.Descriptor));

    private static StickyQueue? StickyOf(RespondWorkflowTaskCompletedRequest answer) =>
        answer.StickyAttributes?.WorkerTaskQueue?.Name is { Length: > 0 } name
            ? new(name, answer.StickyAttributes.ScheduleToStartTimeout.OrZero())
            : null;

    private static HistoryEvent CompletedEvent(WorkflowTask task, RespondWorkflowTaskCompletedRequest answer)
    {
        var completed = new WorkflowTaskCompletedEventAttributes
        {
            ScheduledEventId = task.ScheduledEventId,
            StartedEventId = task.StartedEventId,
            Identity = answer.Identity,
            WorkerVersion = answer.WorkerVersionStamp ?? new() { BuildId = answer.BinaryChecksum },
            SdkMetadata = answer.SdkMetadata,
            MeteringMetadata = answer.MeteringMetadata,
            VersioningBehavior = answer.VersioningBehavior,
            WorkerDeploymentName = answer.DeploymentOptions?.DeploymentName ?? "",
        };
        if (answer.DeploymentOptions is { BuildId.Length: > 0, DeploymentName.Length: > 0 } deployment)
        {
            completed.DeploymentVersion = new() { BuildId = deployment.BuildId, DeploymentName = deployment.DeploymentName };
        }

        return new HistoryEvent { WorkflowTaskCompletedEventAttributes = completed };
    }
}
