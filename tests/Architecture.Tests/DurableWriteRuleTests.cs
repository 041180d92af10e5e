using System.Text.RegularExpressions;

namespace Lifecycle.Architecture.Tests;

/// <summary>What must survive is written in one way.</summary>
public sealed partial class DurableWriteRuleTests
{
    // The engine's disk is SQLite's; the rest are staged and then published as a whole, or may go with the process.
    private static readonly string[] Excepted =
    [
        "/src/LocalEngine/", "/src/Domain/Files/", "/Snapshots/PackageManifest.cs", "/Drift/DriftBaselines.cs",
        "/Hosting/HomeLock.cs", "/Stages/Failpoint.cs", "/Stages/StageProgram.cs", "/Stages/MemoryReading.cs", "/Connections/SdkLog.cs",
    ];

    [Fact]
    public void Files_ThatMustSurvive_AreWrittenByDurableFiles() => Assert.Empty(Rooms.SourceFiles("src")
        .Select(file => file.Replace('\\', '/'))
        .Where(file => !Excepted.Any(part => file.Contains(part, StringComparison.Ordinal)))
        .SelectMany(file => File.ReadLines(file).Where(line => RawWrite().IsMatch(line)).Select(line => $"{file}: {line}")));

    [GeneratedRegex(@"\bFile\.(WriteAll\w+|AppendAll\w+|Move|Replace)\(")]
    private static partial Regex RawWrite();
}
