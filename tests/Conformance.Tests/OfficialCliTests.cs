using Lifecycle.Conformance.Tests.CommandLine;
using Lifecycle.Conformance.Tests.Engines;

namespace Lifecycle.Conformance.Tests;

/// <summary>The official command-line program, unmodified, drives both engines and must print the same.</summary>
public sealed class OfficialCliTests(EngineFixture engines)
{
    [Fact]
    public async Task EveryStep_OnBothEngines_PrintsTheSame()
    {
        var (official, local) = (await engines.GetAsync(EngineKind.Official), await engines.GetAsync(EngineKind.Local));
        var differences = new List<CliDifference>();
        foreach (var step in CliSteps.All)
        {
            var outcomes = await Task.WhenAll(CliOutcome.OfAsync(step, official), CliOutcome.OfAsync(step, local));
            differences.AddRange(CliOutcome.Differences(step, outcomes[0], outcomes[1]));
        }

        var explained = differences.ToLookup(difference => KnownOutputs.Explanation(difference.Step, difference.Path));
        Assert.True(!explained[null].Any(), string.Join('\n', explained[null]));
        Assert.All(KnownOutputs.All, known => Assert.True(explained[known].Any(), $"no difference any more, so it must not be named: {known}"));
    }
}
