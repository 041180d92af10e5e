using System.Runtime.CompilerServices;
using Temporalio.Common;

namespace Lifecycle.Replay.Tests;

/// <summary>
/// Histories of real runs, one file each: <c>&lt;era&gt;/&lt;what happened&gt;.json</c>, as <c>temporal workflow show -o json</c>
/// prints them. They are never edited: a workflow change that cannot replay one of them breaks runs in flight.
/// </summary>
internal static class RecordedHistories
{
    private static readonly string Folder = Path.Combine(SourceFolder(), "Histories");

    /// <summary>Names of all of them.</summary>
    public static string[] Names { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    /// <summary>The JSON text of one.</summary>
    public static string ReadText(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>One of them.</summary>
    public static WorkflowHistory Read(string name) => WorkflowHistory.FromJson($"replay/{name}", ReadText(name));

    private static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
