using System.CommandLine;
using Lifecycle.Cli.Demo;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;

namespace Lifecycle.Cli.Verbs;

/// <summary>Which story the demo plays.</summary>
public enum DemoStoryKind
{
    /// <summary>From raw data to a signed, approved, verified Publication.</summary>
    Release,

    /// <summary>From drift in the traffic to the next one.</summary>
    Drift,
}

/// <summary><c>lifecycle demo</c>: the whole product on real data, in one go.</summary>
public static class DemoVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<EngineKind> engine = new("--engine") { Description = "Engine to run on: local (embedded) or temporal (official dev server)" };
        Option<DemoStoryKind> story = new("--story") { Description = "Story to play: release (data to publication) or drift (traffic to decision to publication)" };
        return Verb.Create(
            "demo", "Retrain, judge, approve, publish and verify on real data; exit 0 only if every promise held",
            "demo", "demo --story drift", "demo --home ./demo-home", "demo --engine temporal --json")
            .Does([engine, story], (parsed, output, cancellation) =>
                RunAsync(parsed.GetValue(GlobalOptions.Home), parsed.GetValue(engine), parsed.GetValue(story), output, cancellation));
    }

    private static async Task<int> RunAsync(
        string? home, EngineKind engine, DemoStoryKind story, CommandOutput output, CancellationToken cancellation)
    {
        using DemoHome place = DemoHome.Open(home);
        StackOptions options = new(place.Home, SourceTree.Find()) { Engine = engine };
        await PrepareAsync(options, output, cancellation);
        IReadOnlyList<Expectation> expectations = story == DemoStoryKind.Drift
            ? await PlayDriftAsync(options, place.IsKept, output, cancellation)
            : await PlayReleaseAsync(options, place.IsKept, output, cancellation);
        return expectations.All(expectation => expectation.Held) ? ExitCodes.Success : ExitCodes.Negative;
    }

    private static async Task PrepareAsync(StackOptions options, CommandOutput output, CancellationToken cancellation)
    {
        foreach (DoctorVerb.Check check in await DoctorVerb.CheckProgramsAsync(cancellation))
        {
            output.Progress($"{(check.Passed ? "ok" : "MISSING")}: {check.Name}: {check.Found}");
        }

        await DemoPackages.EnsureAsync(options.Tree, output.Progress, cancellation);
    }

    private static async Task<IReadOnlyList<Expectation>> PlayReleaseAsync(
        StackOptions options, bool isKept, CommandOutput output, CancellationToken cancellation)
    {
        await using ServiceStack stack = await ServiceStack.StartAsync(options, output.Progress, cancellation);
        DemoSummary summary = await new DemoStory(stack, options, output.Progress).PlayAsync(isKept, cancellation);
        output.Result(summary, console => DemoTables.Draw(console, summary));
        return summary.Expectations;
    }

    private static async Task<IReadOnlyList<Expectation>> PlayDriftAsync(
        StackOptions options, bool isKept, CommandOutput output, CancellationToken cancellation)
    {
        await using ServiceStack stack = await ServiceStack.StartAsync(options, output.Progress, cancellation);
        DriftSummary summary = await new DriftStory(stack, options, output.Progress).PlayAsync(isKept, cancellation);
        output.Result(summary, console => DriftStoryTables.Draw(console, summary));
        return summary.Expectations;
    }
}
