using Lifecycle.Conformance.Tests.Engines;
using Lifecycle.Conformance.Tests.Refusals;

namespace Lifecycle.Conformance.Tests;

/// <summary>A message that parses but is odd gets the status that it gets from the official server, taken or refused.</summary>
public sealed class OddMessageTests(EngineFixture engines)
{
    public static TheoryData<string> Names { get; } = [.. OddCalls.All.Select(call => call.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task OddMessage_OnBothEngines_HasTheSameStatus(string name)
    {
        var call = OddCalls.All.Single(candidate => candidate.Name == name);
        var official = await OddCalls.StatusAsync(call, (await engines.GetAsync(EngineKind.Official)).Client);
        var local = await OddCalls.StatusAsync(call, (await engines.GetAsync(EngineKind.Local)).Client);
        Assert.Equal(official, local);
    }
}
