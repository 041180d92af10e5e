using System.Collections.Immutable;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// One step of one run: built from the state before, a command and the time, it collects the events and effects and holds
/// the state after. Pure: it reads no clock, draws ids only from the source it is given and touches nothing else, so a
/// discarded transition never happened.
/// </summary>
internal sealed class Transition(RunState before, DateTimeOffset now, IdentifierSource identifiers)
{
    private const long FirstTaskId = 1_048_576;
    private readonly ImmutableArray<HistoryEvent>.Builder events = ImmutableArray.CreateBuilder<HistoryEvent>();
    private readonly ImmutableArray<Effect>.Builder effects = ImmutableArray.CreateBuilder<Effect>();

    /// <summary>The first step of a new run, whose started event it records.</summary>
    public static Transition Begin(string @namespace, HistoryEvent started, DateTimeOffset now, IdentifierSource identifiers)
    {
        started.EventTime = now.ToTimestamp();
        var transition = new Transition(Evolution.Begin(@namespace, started), now, identifiers);
        transition.Record(started);
        return transition;
    }

    public RunState State { get; set; } = before;

    public DateTimeOffset Now { get; } = now;

    /// <summary>Events appended to the history, in order, with their ids.</summary>
    public IReadOnlyList<HistoryEvent> Events => events;

    public IReadOnlyList<Effect> Effects => effects;

    public string NewId() => identifiers();

    public void Emit(Effect effect) => effects.Add(effect);

    /// <summary>Appends what the run itself did: it goes straight into the history.</summary>
    public HistoryEvent Record(HistoryEvent @event)
    {
        Stamp(@event);
        return Append(@event);
    }

    /// <summary>Appends news from outside: buffered while a workflow task is with a worker, which has not seen it.</summary>
    public HistoryEvent RecordNews(HistoryEvent @event)
    {
        Stamp(@event);
        if (State.Task is { IsSpeculative: true, IsWritten: false })
        {
            WorkflowTasks.Write(this);
        }

        if (State.Task is not { IsStarted: true })
        {
            return Append(@event);
        }

        Defer(@event);
        return @event;
    }

    /// <summary>Appends news that the run itself caused: the workflow sees it after everything else it decided.</summary>
    public void Defer(HistoryEvent @event)
    {
        Stamp(@event);
        State = Evolution.Apply(State, @event) with { Buffered = State.Buffered.Add(@event) };
    }

    /// <summary>Gives the buffered news their place: completions of activities and children come last. A closed run has no use for them.</summary>
    public void FlushBuffer()
    {
        var startedIds = new Dictionary<long, long>();
        var buffered = State.IsOpen ? EventBuffer.InOrder(State.Buffered) : [];
        State = State with { Buffered = [] };
        foreach (var news in buffered)
        {
            var @event = news.Clone();
            EventBuffer.ResolveStarted(@event, startedIds);
            EventBuffer.RememberStarted(Append(@event), startedIds);
        }
    }

    private void Stamp(HistoryEvent @event)
    {
        @event.EventType = EventTypes.Of(@event);
        @event.EventTime ??= Now.ToTimestamp();
    }

    private HistoryEvent Append(HistoryEvent @event)
    {
        @event.EventId = State.NextEventId;
        @event.TaskId = FirstTaskId + @event.EventId;
        State = Evolution.Extend(State, @event);
        events.Add(@event);
        return @event;
    }
}

/// <summary>Where new run ids and request ids come from.</summary>
internal delegate string IdentifierSource();
