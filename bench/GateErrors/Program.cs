using System.Collections.Immutable;
using System.Diagnostics;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation;
using Lifecycle.GateErrors;
using static System.FormattableString;

// errors [pairs] [pairs for power]: how often the gate's comparison errs. speed [rows]: how long a large evaluation takes.
switch (args)
{
    case ["errors", .. var counts]:
        Errors(counts.Length > 0 ? int.Parse(counts[0], null) : 2000, counts.Length > 1 ? int.Parse(counts[1], null) : 500);
        return 0;
    case ["speed", .. var counts]:
        Speed(counts.Length > 0 ? int.Parse(counts[0], null) : 600_000);
        return 0;
    default:
        Console.Error.WriteLine("usage: errors [pairs] [pairs for power] | speed [rows]");
        return 2;
}

static void Errors(int pairs, int pairsForPower)
{
    Console.WriteLine("| loss | pairs | called better, none is | called worse, none is | loss saved by half the blur | called better then |");
    Console.WriteLine("|---|---|---|---|---|---|");
    foreach (Scenario scenario in Scenario.All)
    {
        PairedComparison[] alike = Compare(scenario, pairs, sharpness: 1);
        PairedComparison[] better = Compare(scenario, pairsForPower, sharpness: 0.5);
        Console.WriteLine(Invariant(
            $"| {scenario.Loss} | {pairs:N0} | {Share(alike, found => found.Upper < 0):0.00%} | {Share(alike, found => found.Lower > 0):0.00%} | {-better.Average(found => found.Difference / found.OtherLoss):0.0%} | {Share(better, found => found.Upper < 0):0.0%} of {pairsForPower:N0} |"));
    }
}

static PairedComparison[] Compare(Scenario scenario, int pairs, double sharpness) =>
    [.. Enumerable.Range(0, pairs).AsParallel().AsOrdered().Select(seed => Pair.Compare(scenario, seed, sharpness))];

static double Share(PairedComparison[] found, Func<PairedComparison, bool> holds) => (double)found.Count(holds) / found.Length;

static void Speed(int rows)
{
    Console.WriteLine("| loss | rows | slices | samples | elapsed s | processor s |");
    Console.WriteLine("|---|---|---|---|---|---|");
    foreach (Scenario scenario in Scenario.All)
    {
        EvaluationInput drawn = Pair.Draw(scenario, rows, rowsPerCluster: 1, seed: 1, sharpness: 1);
        EvaluationInput input = drawn with
        {
            Holdout = drawn.Holdout with
            {
                Slices = drawn.Holdout.Slices.AddRange(Enumerable.Range(0, 5).Select(slice => KeyValuePair.Create(Invariant($"s{slice}"), drawn.Holdout.Labels.Select((_, row) => row % 5 != slice).ToImmutableArray()))),
            },
        };
        foreach (int samples in new[] { 1, 2000 })
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            Stopwatch watch = Stopwatch.StartNew();
            EvaluationReport report = ModelEvaluator.Evaluate(input with { Policy = input.Policy with { BootstrapSamples = samples } }).Report;
            Console.WriteLine(Invariant(
                $"| {scenario.Loss} | {rows:N0} | {report.Challenger.Slices.Count} | {samples:N0} | {watch.Elapsed.TotalSeconds:0.0} | {(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.0} |"));
        }
    }
}
