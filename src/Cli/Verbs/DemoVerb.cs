using System.CommandLine;
using Lifecycle.Cli.Demo;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Output;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle demo</c>: the whole product on real data, in one go.</summary>
public static class DemoVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<EngineKind> engine = new("--engine") { Description = "Engine to run on: local (embedded) or temporal (official dev server)" };
        return Verb.Create(
            "demo", "Retrain, judge, approve, publish and verify on real data; exit 0 only if every promise held",
            "demo", "demo --home ./demo-home", "demo --engine temporal --json")
            .Does([engine], (parsed, output, cancellation) =>
                RunAsync(parsed.GetValue(GlobalOptions.Home), parsed.GetValue(engine), output, cancellation));
    }

    private static async Task<int> RunAsync(string? home, EngineKind engine, CommandOutput output, CancellationToken cancellation)
    {
        using DemoHome place = DemoHome.Open(home);
        StackOptions options = new(place.Home, SourceTree.Find()) { Engine = engine };
        DemoSummary summary = await PlayAsync(options, place.IsKept, output, cancellation);
        output.Result(summary, console => DemoTables.Draw(console, summary));
        return summary.Expectations.All(expectation => expectation.Held) ? ExitCodes.Success : ExitCodes.Negative;
    }

    private static async Task<DemoSummary> PlayAsync(StackOptions options, bool isKept, CommandOutput output, CancellationToken cancellation)
    {
        foreach (DoctorVerb.Check check in await DoctorVerb.CheckProgramsAsync(cancellation))
        {
            output.Progress($"{(check.Passed ? "ok" : "MISSING")}: {check.Name}: {check.Found}");
        }

        await DemoPackages.EnsureAsync(options.Tree, output.Progress, cancellation);
        await using ServiceStack stack = await ServiceStack.StartAsync(options, output.Progress, cancellation);
        return await new DemoStory(stack, options, output.Progress).PlayAsync(isKept, cancellation);
    }
}
