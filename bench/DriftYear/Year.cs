using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Runs;

namespace Lifecycle.DriftYear;

/// <summary>What was decided on each window of a generated year.</summary>
/// <param name="Seed">The year's seed.</param>
/// <param name="Findings">By window.</param>
/// <param name="PromotedDays">First days of the windows in which a Challenger was promoted.</param>
public sealed record Year(ulong Seed, ImmutableArray<DriftFinding> Findings, ImmutableArray<int> PromotedDays)
{
    /// <summary>
    /// Lives through a year: each window is measured and decided on, and a RetrainingRun that is asked for ends some days later.
    /// Its Challenger knows the concept of the newest labels; the gate refuses it where that is what the live model knows.
    /// </summary>
    public static Year Live(Scenario scenario, DriftPolicy policy, ulong seed)
    {
        Traffic traffic = new(scenario, seed);
        WindowReports reports = new(scenario, traffic, policy);
        LiveVersion live = new(scenario, traffic, -scenario.LabelDelay, Concept.Of(scenario, -scenario.LabelDelay));
        DriftState state = DriftState.Initial;
        SimulatedRun? run = null;
        EndedRun? ended = null;
        HashSet<int> blocked = [];
        List<DriftFinding> findings = [];
        List<int> promoted = [];
        for (int window = 0; window < scenario.Windows; window++)
        {
            int day = scenario.DaysOf(window).Last();
            if (run?.EndsOn <= day)
            {
                Concept learnt = Concept.Of(scenario, run.AskedOn - scenario.LabelDelay);
                bool better = learnt != live.Concept;
                ended = new EndedRun { Outcome = better ? RetrainingOutcome.Promoted : RetrainingOutcome.Refused, TriggerIds = [run.Decision] };
                live = better ? new LiveVersion(scenario, traffic, run.AskedOn - scenario.LabelDelay, learnt) : live;
                promoted.AddRange(better ? [scenario.DaysOf(window).First()] : []);
                run = null;
            }

            DriftReport report = reports.Measure(window, live, blocked);
            DriftEvidence evidence = new() { Report = report, Runs = new() { InFlight = run is not null, Ended = ended }, Now = report.Window.AsOf };
            DriftFinding finding = DriftDecisions.Decide(policy, state, evidence);
            state = finding.After;
            findings.Add(finding);
            if (finding.Verdict == DriftVerdict.Block)
            {
                blocked.UnionWith(scenario.DaysOf(window));
            }

            run ??= finding.Verdict == DriftVerdict.Retrain ? new SimulatedRun(day, day + scenario.RunDays, state.AskedDecision!) : null;
        }

        return new Year(seed, [.. findings], [.. promoted]);
    }

    private sealed record SimulatedRun(int AskedOn, int EndsOn, string Decision);
}
