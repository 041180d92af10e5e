using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Loop;
using Lifecycle.LocalEngine.Matching;
using Lifecycle.LocalEngine.Persistence;
using Lifecycle.LocalEngine.Scheduling;
using Lifecycle.LocalEngine.Turns;
using Lifecycle.LocalEngine.Visibility;
using Temporalio.Api.Common.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>What the RPCs stand on: the thread that changes, the pool that reads, namespaces, schedules, the clock.</summary>
internal sealed class Engine(EngineThread thread, ReadPool reads, NamespaceRegistry namespaces, ScheduleBook schedules, TimeProvider time)
{
    public EngineThread Thread { get; } = thread;

    /// <summary>Brings tasks and workers together; to be used within a turn.</summary>
    public Dispatcher Dispatcher => Thread.Dispatcher;

    public ReadPool Reads { get; } = reads;

    public NamespaceRegistry Namespaces { get; } = namespaces;

    public ScheduleBook Schedules { get; } = schedules;

    public RunChanges Changes { get; } = new();

    public TimeProvider Time { get; } = time;

    /// <summary>Does work in a transaction of the engine.</summary>
    public Task<T> RunAsync<T>(Func<Turn, T> work) => Thread.RunAsync(work);

    /// <summary>Takes one step of an existing run.</summary>
    /// <exception cref="RefusedException">The namespace or the run does not exist, or the step was refused.</exception>
    public Task<Run> StepAsync(string @namespace, WorkflowExecution? execution, Func<Turn, Run, Transition?> step)
    {
        Namespaces.Require(@namespace);
        return RunAsync(turn =>
        {
            var run = turn.Require(@namespace, execution);
            if (step(turn, run) is { } transition)
            {
                turn.Accept(run, transition);
            }

            return run;
        });
    }
}
