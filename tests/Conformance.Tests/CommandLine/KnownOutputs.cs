using System.Collections.Immutable;
using Lifecycle.Conformance.Tests.Histories;

namespace Lifecycle.Conformance.Tests.CommandLine;

/// <summary>A part of what the command-line program prints that may differ between the engines, and why.</summary>
internal sealed record KnownOutput(string Step, string PathPrefix, string Reason);

/// <summary>The only parts of the program's output that may differ, besides those of histories.</summary>
internal static class KnownOutputs
{
    /// <summary>Members of descriptions that the official server derives from build ids.</summary>
    public static ImmutableArray<KnownDifference> Members { get; } =
    [
        new("", "autoResetPoints", "derived from build ids, see the differences of histories"),
        new("", "mostRecentWorkerVersionStamp", "derived from build ids"),
        new("", "BuildIds", "derived from build ids"),
    ];

    public static ImmutableArray<KnownOutput> All { get; } =
    [
        new("wait", "workflowExtendedInfo.runExpirationTime", "the official server sends the year 1 where there is no expiration, the local engine sends none"),
        new("counter-waits", "workflowExtendedInfo.runExpirationTime", "see above"),
        new("cancelled", "workflowExtendedInfo.runExpirationTime", "see above"),
        new("list", "[0].firstRunId", "the official server's index leaves it out for an open run, the local list is the run itself"),
        new("list", "[0].historyLength", "see above"),
        new("list", "[0].historySizeBytes", "see above"),
        new("list", "[0].stateTransitionCount", "see above"),
        new("schedule-gone", "error", "the official server keeps a closed workflow of a deleted schedule for a while, the local engine nothing"),
    ];

    /// <summary>What explains a difference; null where nothing does.</summary>
    public static KnownOutput? Explanation(string step, string path) =>
        All.FirstOrDefault(known => known.Step == step && path.StartsWith(known.PathPrefix, StringComparison.Ordinal));
}
