using System.Collections.Immutable;

namespace Lifecycle.Conformance.Tests.Workflows;

/// <summary>Every workflow of the suite, for workers to register.</summary>
public static class SuiteWorkflows
{
    public static ImmutableArray<Type> All { get; } =
    [
        typeof(GreetingWorkflow), typeof(WaiterWorkflow), typeof(CounterWorkflow), typeof(ActivityWorkflow), typeof(ActivityCancellationWorkflow),
        typeof(AsyncActivityWorkflow), typeof(TimerWorkflow), typeof(ParentWorkflow), typeof(MessengerWorkflow), typeof(ChainWorkflow),
        typeof(AttributeWorkflow), typeof(CleanupWorkflow), typeof(FailingWorkflow), typeof(UnstableWorkflow), typeof(MarkerWorkflow),
        typeof(ResultCarryingWorkflow),
    ];
}
