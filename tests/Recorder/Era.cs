using Temporalio.Client;

namespace Lifecycle.Recorder;

/// <summary>
/// Where recorded histories go: the folder that <c>LIFECYCLE_RECORD</c> names, such as <c>tests/Replay.Tests/Histories/2026-11</c>. The
/// recordings are a tool, made of tests (CONTRIBUTING.md).
/// </summary>
internal static class Era
{
    private static string Folder => Environment.GetEnvironmentVariable("LIFECYCLE_RECORD") is { Length: > 0 } folder
        ? Directory.CreateDirectory(folder).FullName
        : throw new InvalidOperationException("LIFECYCLE_RECORD names no folder, expected the one that the recorded histories go to");

    /// <summary>Writes the history of a run, as its engine has it.</summary>
    public static async Task WriteAsync(WorkflowHandle run, string name) =>
        await File.WriteAllTextAsync(Path.Combine(Folder, $"{name}.json"), (await run.FetchHistoryAsync()).ToJson() + "\n");
}
