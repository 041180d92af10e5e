using System.Collections.Immutable;
using Temporalio.Common;

namespace Lifecycle.Conformance.Tests.Histories;

/// <summary>Compares the histories that one scenario left on both engines.</summary>
internal static class HistoryComparison
{
    /// <summary>One line for each difference that is not among the known ones.</summary>
    public static ImmutableArray<string> Differences(
        ImmutableArray<WorkflowHistory> official, ImmutableArray<WorkflowHistory> local, ImmutableArray<KnownDifference> known) =>
        [.. official.Zip(local).SelectMany(pair => Differences(ScrubbedHistory.Of(pair.First, known), ScrubbedHistory.Of(pair.Second, known)))];

    // The sequence of event types comes first, since nothing else counts where it differs.
    private static IEnumerable<string> Differences(ScrubbedHistory official, ScrubbedHistory local)
    {
        var (officialTypes, localTypes) = (Types(official), Types(local));
        return officialTypes != localTypes
            ? [$"{official.WorkflowId}: events\n  official: {officialTypes}\n  local:    {localTypes}"]
            : official.Events.Zip(local.Events).SelectMany((pair, index) =>
                Differences($"{official.WorkflowId}: event {index + 1} {pair.First.Type}", pair.First, pair.Second));
    }

    private static IEnumerable<string> Differences(string where, ScrubbedEvent official, ScrubbedEvent local) => official.Attributes.Keys
        .Union(local.Attributes.Keys, StringComparer.Ordinal)
        .Select(path => (path, Left: official.Attributes.GetValueOrDefault(path, "absent"), Right: local.Attributes.GetValueOrDefault(path, "absent")))
        .Where(line => line.Left != line.Right)
        .Select(line => $"{where}: {line.path}\n  official: {line.Left}\n  local:    {line.Right}");

    private static string Types(ScrubbedHistory history) => string.Join(' ', history.Events.Select(@event => @event.Type));
}
