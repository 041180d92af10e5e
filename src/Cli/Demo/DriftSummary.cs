using Lifecycle.Domain.Drift;

namespace Lifecycle.Cli.Demo;

/// <summary>What the drift story did, whole: the document of <c>lifecycle demo --story drift --json</c>.</summary>
/// <param name="Engine">Which engine ran it.</param>
/// <param name="Home">The home, kept or not.</param>
/// <param name="IsHomeKept">Whether the home is still there.</param>
/// <param name="Runs">The runs.</param>
/// <param name="Decisions">The decisions, with their evidence.</param>
/// <param name="Expectations">What was promised.</param>
/// <param name="Duration">The whole story, without set-up.</param>
public sealed record DriftSummary(
    string Engine,
    string Home,
    bool IsHomeKept,
    IReadOnlyList<DemoRun> Runs,
    IReadOnlyList<DriftDecision> Decisions,
    IReadOnlyList<Expectation> Expectations,
    TimeSpan Duration);
