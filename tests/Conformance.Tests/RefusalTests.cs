using Lifecycle.Conformance.Tests.Engines;
using Lifecycle.Conformance.Tests.Refusals;

namespace Lifecycle.Conformance.Tests;

/// <summary>What is refused is refused alike: the status, the words and the detail that clients unpack.</summary>
public sealed class RefusalTests(EngineFixture engines)
{
    public static TheoryData<string> Names { get; } = [.. RefusedCalls.All.Select(call => call.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Refusal_OnBothEngines_IsTheSame(string name)
    {
        var call = RefusedCalls.All.Single(candidate => candidate.Name == name);
        var official = await Refusal.OfAsync(call, (await engines.GetAsync(EngineKind.Official)).Client);
        var local = await Refusal.OfAsync(call, (await engines.GetAsync(EngineKind.Local)).Client);
        Assert.Equal(official, local);
    }
}
