using System.Collections.Immutable;

namespace Lifecycle.Conformance.Tests.Refusals;

/// <summary>A call that the local engine refuses in other words than the official server, and why.</summary>
internal sealed record KnownRefusal(string Call, Refusal Local, string Reason);

/// <summary>The only calls that the engines may refuse differently.</summary>
internal static class KnownRefusals
{
    public static ImmutableArray<KnownRefusal> All { get; } = [];

    /// <summary>What the local engine says where it is meant to differ; null where it must say what the official server says.</summary>
    public static Refusal? Expected(string call) => All.FirstOrDefault(known => known.Call == call)?.Local;
}
