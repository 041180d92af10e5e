using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Serving.Models;

namespace Lifecycle.Cli.Demo;

/// <summary>One RetrainingRun of the story.</summary>
/// <param name="State">The run's result.</param>
/// <param name="ReportPage">The report page as a file; null when the run made none.</param>
/// <param name="PublicationFolder">The Publication as a plain directory; null when the run made none.</param>
public sealed record DemoRun(RetrainingState State, string? ReportPage, string? PublicationFolder)
{
    /// <summary>From the first stage's start to the last one's end.</summary>
    public TimeSpan Duration =>
        State.Stages.Max(stage => stage.FinishedAt ?? DateTimeOffset.MinValue) - State.Stages.Min(stage => stage.StartedAt ?? DateTimeOffset.MaxValue);

    /// <summary>Who approved, for people; demo keys are named as such.</summary>
    public string ApprovedBy => State.Publication is { } publication
        ? string.Join(" and ", publication.ApprovedBy) + " (demo keys)"
        : string.Join(" and ", State.Decisions.Select(decision => $"{decision.Statement.Decision} {decision.Statement.Engineer}"));
}

/// <summary>What the demo did, whole: the document of <c>lifecycle demo --json</c>.</summary>
/// <param name="Engine">Which engine ran it.</param>
/// <param name="Home">The home, kept or not.</param>
/// <param name="IsHomeKept">Whether the home is still there.</param>
/// <param name="Runs">The runs.</param>
/// <param name="Predictions">Predictions of the live model.</param>
/// <param name="Expectations">What was promised.</param>
/// <param name="Duration">The whole story, set-up included.</param>
public sealed record DemoSummary(
    string Engine,
    string Home,
    bool IsHomeKept,
    IReadOnlyList<DemoRun> Runs,
    IReadOnlyList<AnsweredRow> Predictions,
    IReadOnlyList<Expectation> Expectations,
    TimeSpan Duration);
