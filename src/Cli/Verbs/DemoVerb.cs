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

    /// <summary>A regression on three million rows.</summary>
    Flights,

    /// <summary>A model of four classes, mixed columns and missing values.</summary>
    Strikes,
}

/// <summary><c>lifecycle demo</c>: the whole product on real data, in one go.</summary>
public static class DemoVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<EngineKind> engine = new("--engine") { Description = "Engine to run on: local (embedded) or temporal (official dev server)" };
        Option<DemoStoryKind> story = new("--story") { Description = "Story to play: release (data to publication), drift (traffic to decision to publication), flights (a regression on three million rows) or strikes (four classes, missing values)" };
        return Verb.Create(
            "demo", "Retrain, judge, approve, publish and verify on real data; exit 0 only if every promise held",
            "demo", "demo --story drift", "demo --story flights", "demo --home ./demo-home", "demo --engine temporal --json")
            .Does([engine, story], (parsed, output, cancellation) =>
                RunAsync(parsed.GetValue(GlobalOptions.Home), parsed.GetValue(engine), parsed.GetValue(story), output, cancellation));
    }

    private static async Task<int> RunAsync(
        string? home, EngineKind engine, DemoStoryKind story, CommandOutput output, CancellationToken cancellation)
    {
        using DemoHome place = DemoHome.Open(home);
        StackOptions options = new(place.Home, SourceTree.Find()) { Engine = engine };
        await PrepareAsync(options, ModelsOf(story), output, cancellation);
        IReadOnlyList<Expectation> expectations = story switch
        {
            DemoStoryKind.Flights => await PlayTableAsync(TableScript.Flights, options, place.IsKept, output, cancellation),
            DemoStoryKind.Strikes => await PlayTableAsync(TableScript.Strikes, options, place.IsKept, output, cancellation),
            DemoStoryKind.Drift => await PlayDriftAsync(options, place.IsKept, output, cancellation),
            _ => await PlayReleaseAsync(options, place.IsKept, output, cancellation),
        };
        return expectations.All(expectation => expectation.Held) ? ExitCodes.Success : ExitCodes.Negative;
    }

    private static IReadOnlyList<string> ModelsOf(DemoStoryKind story) => story switch
    {
        DemoStoryKind.Flights => [TableScript.Flights.Model],
        DemoStoryKind.Strikes => [TableScript.Strikes.Model],
        _ => ["disposable-domain", "tracker-host"],
    };

    private static async Task PrepareAsync(StackOptions options, IReadOnlyList<string> models, CommandOutput output, CancellationToken cancellation)
    {
        foreach (DoctorVerb.Check check in await DoctorVerb.CheckProgramsAsync(cancellation))
        {
            output.Progress($"{(check.Passed ? "ok" : "MISSING")}: {check.Name}: {check.Found}");
        }

        await DemoPackages.EnsureAsync(options.Tree, models, output.Progress, cancellation);
    }

    private static async Task<IReadOnlyList<Expectation>> PlayReleaseAsync(
        StackOptions options, bool isKept, CommandOutput output, CancellationToken cancellation)
    {
        await using ServiceStack stack = await ServiceStack.StartAsync(options, output.Progress, cancellation);
        DemoSummary summary = await new DemoStory(stack, options, output.Progress).PlayAsync(isKept, cancellation);
        output.Result(summary, console => DemoTables.Draw(console, summary));
        return summary.Expectations;
    }

    private static async Task<IReadOnlyList<Expectation>> PlayTableAsync(
        TableScript script, StackOptions options, bool isKept, CommandOutput output, CancellationToken cancellation)
    {
        await using ServiceStack stack = await ServiceStack.StartAsync(options, output.Progress, cancellation);
        DemoSummary summary = await new TableStory(stack, options, script, output.Progress).PlayAsync(isKept, cancellation);
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
