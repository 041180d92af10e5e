using Lifecycle.Conformance.Tests.Engines;
using Lifecycle.Conformance.Tests.Refusals;

namespace Lifecycle.Conformance.Tests;

/// <summary>A payload above the limits is refused, fails its activity or ends its run, on both engines alike.</summary>
public sealed class LargePayloadTests(EngineFixture engines)
{
    public static TheoryData<string> Names { get; } = [.. LargeCalls.All.Select(call => call.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task LargePayload_OnBothEngines_HasTheSameOutcome(string name)
    {
        var call = LargeCalls.All.Single(candidate => candidate.Name == name);
        var official = await LargeCalls.OutcomeAsync(call, (await engines.GetAsync(EngineKind.Official)).Client);
        var local = await LargeCalls.OutcomeAsync(call, (await engines.GetAsync(EngineKind.Local)).Client);
        Assert.Equal(official, local);
    }
}
