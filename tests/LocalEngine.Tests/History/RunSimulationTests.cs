using Google.Protobuf;
using Lifecycle.LocalEngine.History;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.Tests.History;

/// <summary>Whatever a run lives through, its history is well formed and gives its state back. A failure names its seed.</summary>
public sealed class RunSimulationTests
{
    private const int Seeds = 2_000;
    private const int Steps = 60;

    [Fact]
    public void RandomRuns_KeepTheirHistoryWellFormedAndTheirStateRestorable()
    {
        var events = 0;
        var closed = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var simulation = new RunSimulation(seed);
            for (var step = 0; step < Steps && simulation.Step(); step++)
            {
                Check(simulation.Run, $"seed {seed}, step {step}");
            }

            events += simulation.Run.Events.Count;
            closed += simulation.Run.State.IsOpen ? 0 : 1;
        }

        Assert.True(events > Seeds * 20, $"Only {events} events: the simulation does too little.");
        Assert.InRange(closed, Seeds / 10, Seeds * 9 / 10);
    }

    private static void Check(RunUnderTest run, string where)
    {
        var restored = Restored(run.State, run.Events);
        Assert.True(Described(run.State) == Described(restored), $"{where}: restored differently.\n{Described(run.State)}\n{Described(restored)}");
        Assert.True(Deadlines.Next(restored) == Deadlines.Next(Durable(run.State)), $"{where}: another deadline.");
        Assert.True(run.Events.Select((recorded, index) => recorded.EventId == index + 1).All(right => right), $"{where}: event ids have gaps.");
        Assert.True(CompletionsNameTheirStart(run.Events), $"{where}: a completion names another event as its start.");
    }

    private static RunState Restored(RunState state, List<HistoryEvent> events) => RunSnapshot.Restore(
        state.Namespace,
        [.. events.Select(recorded => HistoryEvent.Parser.ParseFrom(recorded.ToByteArray()))],
        state.IsOpen ? RunSnapshot.Write(state) : null,
        state.Activities.Values.Select(activity => (activity.ScheduledEventId, ActivitySnapshot.Write(activity))));

    // Updates that are not accepted, and a task that exists only for them, are meant to be forgotten.
    private static RunState Durable(RunState state) => state.Task is { IsSpeculative: true, IsWritten: false } ? state with { Task = null } : state;

    private static string Described(RunState state) => string.Join('\n',
        state.IsOpen ? RunSnapshot.Write(state) : "",
        state.Status, state.ClosedAt, state.NextEventId, state.HistoryBytes, state.PreviousStartedEventId, state.CancelRequested,
        string.Join(';', state.Activities.Values.Select(activity => $"{activity.ScheduledEventId} {activity.CancelRequestedEventId} {ActivitySnapshot.Write(activity)}")),
        string.Join(';', state.Timers.Values),
        string.Join(';', state.Children.Values.Select(child => $"{child.InitiatedEventId} {child.StartedEventId} {child.RunId}")),
        string.Join(';', state.Updates.Values.Where(update => update.Stage >= UpdateStage.Accepted).Select(update => $"{update.UpdateId} {update.Stage} {update.AcceptedEventId} {update.Outcome}")),
        string.Join(';', state.SignalRequestIds.Order()));

    private static bool CompletionsNameTheirStart(List<HistoryEvent> events) => events.All(recorded => recorded switch
    {
        { ActivityTaskCompletedEventAttributes: { } completed } => At(events, completed.StartedEventId)?.ActivityTaskStartedEventAttributes?.ScheduledEventId == completed.ScheduledEventId,
        { ActivityTaskFailedEventAttributes: { } failed } => At(events, failed.StartedEventId)?.ActivityTaskStartedEventAttributes?.ScheduledEventId == failed.ScheduledEventId,
        { ChildWorkflowExecutionCompletedEventAttributes: { } child } => At(events, child.StartedEventId)?.ChildWorkflowExecutionStartedEventAttributes?.InitiatedEventId == child.InitiatedEventId,
        { WorkflowTaskCompletedEventAttributes: { } task } => At(events, task.StartedEventId)?.WorkflowTaskStartedEventAttributes?.ScheduledEventId == task.ScheduledEventId,
        _ => true,
    });

    private static HistoryEvent? At(List<HistoryEvent> events, long eventId) => eventId == 0 ? null : events[(int)eventId - 1];
}
