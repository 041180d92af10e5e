namespace Lifecycle.Conformance.Tests.Scenarios;

/// <summary>
/// Something a user does, through the real client and worker, with what must come of it. The same code runs on both
/// engines, and the histories it leaves must be the same.
/// </summary>
public sealed record Scenario(string Name, Func<ScenarioRun, Task> RunAsync)
{
    public override string ToString() => Name;
}
