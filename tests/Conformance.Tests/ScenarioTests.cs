using System.Collections.Immutable;
using Lifecycle.Conformance.Tests.Engines;
using Lifecycle.Conformance.Tests.Histories;
using Lifecycle.Conformance.Tests.Scenarios;
using Temporalio.Common;

namespace Lifecycle.Conformance.Tests;

/// <summary>Every scenario on each engine, and then its histories side by side. A scenario runs once on an engine.</summary>
public sealed class ScenarioTests(EngineFixture engines)
{
    private static readonly OnceFor<(string, EngineKind), ImmutableArray<WorkflowHistory>> Runs = new();

    public static TheoryData<string, EngineKind> Cases { get; } =
        [.. AllScenarios.All.SelectMany(scenario => Enum.GetValues<EngineKind>().Select(kind => (scenario.Name, kind)))];

    public static TheoryData<string> Names { get; } = [.. AllScenarios.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Scenario_OnAnEngine_ComesOutAsDescribed(string scenario, EngineKind engine) => await RunAsync(scenario, engine);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Scenario_OnBothEngines_LeavesTheSameHistories(string scenario)
    {
        var official = await RunAsync(scenario, EngineKind.Official);
        var local = await RunAsync(scenario, EngineKind.Local);
        Assert.Equal(official.Length, local.Length);
        var differences = HistoryComparison.Differences(official, local, KnownDifferences.All);
        Assert.True(differences.IsEmpty, string.Join('\n', differences));
    }

    [Fact]
    public async Task KnownDifferences_EachOfThem_IsStillOne()
    {
        var unseen = KnownDifferences.All.ToHashSet();
        foreach (var scenario in AllScenarios.All)
        {
            var official = await RunAsync(scenario.Name, EngineKind.Official);
            var local = await RunAsync(scenario.Name, EngineKind.Local);
            unseen.RemoveWhere(difference => !HistoryComparison.Differences(official, local, KnownDifferences.All.Remove(difference)).IsEmpty);
        }

        Assert.True(unseen.Count == 0, $"no difference any more, so it must not be named: {string.Join(", ", unseen)}");
    }

    private async Task<ImmutableArray<WorkflowHistory>> RunAsync(string scenario, EngineKind kind)
    {
        var engine = await engines.GetAsync(kind);
        return await Runs.GetAsync((scenario, kind), () => RunAsync(AllScenarios.Named(scenario), engine));
    }

    private static async Task<ImmutableArray<WorkflowHistory>> RunAsync(Scenario scenario, RunningEngine engine)
    {
        var run = new ScenarioRun(engine, scenario.Name);
        await scenario.RunAsync(run);
        return await run.HistoriesAsync();
    }
}
