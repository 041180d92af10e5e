using System.Collections.Immutable;

namespace Lifecycle.Conformance.Tests.Scenarios;

/// <summary>Every scenario of the suite, by name.</summary>
internal static class AllScenarios
{
    public static ImmutableArray<Scenario> All { get; } =
    [
        .. StartScenarios.All, .. MessageScenarios.All, .. ActivityScenarios.All, .. CompositionScenarios.All, .. HistoryScenarios.All,
        .. VisibilityScenarios.All, .. ScheduleScenarios.All, .. AppliedScheduleScenarios.All,
    ];

    public static Scenario Named(string name) => All.Single(scenario => scenario.Name == name);
}
