using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Loop;
using Lifecycle.LocalEngine.Persistence;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;

namespace Lifecycle.LocalEngine.Turns;

/// <summary>
/// One transaction of the engine, carrying the work of every request that arrived while the one before was being written.
/// Work changes runs through <see cref="Step"/> and <see cref="Accept"/>; the world hears of it after the commit.
/// </summary>
internal sealed class Turn(RunCache runs, ITaskOffers offers, DateTimeOffset now, IdentifierSource identifiers, DefectLog defects)
{
    private readonly List<Run> touched = [];
    private readonly HashSet<long> touchedKeys = [];
    private readonly List<(Action Committed, Action? Failed)> outcomes = [];
    private readonly List<Action<Stores>> writes = [];
    private readonly List<OutboxMessage> messages = [];

    public DateTimeOffset Now { get; } = now;

    public RunCache Runs { get; } = runs;

    /// <summary>Where tasks are offered to workers.</summary>
    public ITaskOffers Offers { get; } = offers;

    /// <summary>The runs that changed, in the order of their first change.</summary>
    public IReadOnlyList<Run> Touched => touched;

    /// <summary>Messages to other runs that this transaction stores.</summary>
    public IReadOnlyList<OutboxMessage> Messages => messages;

    public IReadOnlyList<Action<Stores>> Writes => writes;

    /// <summary>The runs that closed in this transaction, each once.</summary>
    public List<Run> Closed { get; } = [];

    public bool HasChanges => ChangeCount > 0;

    /// <summary>Grows with everything that is staged: while it stands still, nothing was changed.</summary>
    public int ChangeCount { get; private set; }

    public string NewId() => identifiers();

    /// <summary>The run that a request names.</summary>
    /// <exception cref="RefusedException">The request names none, or one that does not exist.</exception>
    public Run Require(string @namespace, WorkflowExecution? execution)
    {
        if (execution is null || execution.WorkflowId.Length == 0)
        {
            throw RefusedException.Invalid("WorkflowId is not set on request.");
        }

        if (execution.RunId.Length > 0 && !Guid.TryParse(execution.RunId, out _))
        {
            throw RefusedException.Invalid("Invalid RunId.");
        }

        return Runs.Find(@namespace, execution) ?? throw RefusedException.NotFound(execution.RunId.Length == 0
            ? $"workflow not found for ID: {execution.WorkflowId}"
            : $"workflow execution not found for workflow ID \"{execution.WorkflowId}\" and run ID \"{execution.RunId}\"");
    }

    /// <summary>The open run that a request names.</summary>
    /// <exception cref="RefusedException">It does not exist, or has closed.</exception>
    public Run RequireOpen(string @namespace, WorkflowExecution? execution)
    {
        var run = Require(@namespace, execution);
        return run.State.IsOpen ? run : throw RefusedException.AlreadyCompleted();
    }

    /// <summary>Begins a step of a run. Nothing happens unless it is accepted.</summary>
    public Transition Step(Run run) => new(run.State, Now, identifiers);

    /// <summary>Creates a run; the step that created it is returned to be continued, then accepted with <see cref="Accept"/>.</summary>
    public (Run Run, Transition Begin) Create(string @namespace, WorkflowExecutionStartedEventAttributes started, UserMetadata? metadata, string startRequestId)
    {
        var begin = Starting.Begin(@namespace, started, metadata, Now, identifiers);
        var run = new Run(Runs.NextKey(), startRequestId, begin);
        Runs.Add(run);
        return (run, begin);
    }

    /// <summary>Takes a step as done: it will be stored by this transaction, and its effects follow.</summary>
    /// <param name="run">The run that took the step.</param>
    /// <param name="transition">The step.</param>
    /// <param name="keepTask">The caller hands the workflow task to its worker itself.</param>
    public void Accept(Run run, Transition transition, bool keepTask = false)
    {
        var wasOpen = run.State.IsOpen;
        ChangeCount++;
        run.Accept(transition);
        if (touchedKeys.Add(run.Key))
        {
            touched.Add(run);
        }

        if (wasOpen && !run.State.IsOpen)
        {
            Closed.Add(run);
        }

        PendingQueries.Follow(this, run);
        foreach (var effect in transition.Effects)
        {
            if (!keepTask || effect is not Effect.OfferWorkflowTask)
            {
                Effects.Carry(this, run, effect);
            }
        }
    }

    /// <summary>Deletes a closed run with its history.</summary>
    public void Delete(Run run)
    {
        Write(stores => stores.Runs.Delete(run.Key));
        AfterCommit(() => Runs.Remove(run));
    }

    /// <summary>Deletes a run whose record cannot be read, with its history.</summary>
    public void DeleteUnreadable(string @namespace, WorkflowExecution execution)
    {
        if (Runs.KeyOf(@namespace, execution) is { } key)
        {
            Write(stores => stores.Runs.Delete(key));
            AfterCommit(() => Runs.ForgetCurrent(@namespace, execution.WorkflowId));
        }
    }

    /// <summary>Stores something besides runs, inside this transaction.</summary>
    public void Write(Action<Stores> write)
    {
        ChangeCount++;
        writes.Add(write);
    }

    /// <summary>Sends a message to another run; it is delivered after the commit.</summary>
    public void Send(OutboxMessage message) => messages.Add(message);

    /// <summary>Does something the world can see, once this transaction is durable; <paramref name="otherwise"/> when it failed.</summary>
    public void AfterCommit(Action action, Action? otherwise = null) => outcomes.Add((action, otherwise));

    /// <summary>Writes down a defect that harmed only what met it.</summary>
    public void Report(Exception defect) => defects.Write(defect);

    public void Committed() => outcomes.ForEach(outcome => outcome.Committed());

    public void Failed() => outcomes.ForEach(outcome => outcome.Failed?.Invoke());
}
