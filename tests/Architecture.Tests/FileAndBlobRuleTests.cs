using System.Text.RegularExpressions;
using Lifecycle.Domain.Names;

namespace Lifecycle.Architecture.Tests;

/// <summary>Files are read in one way, and the blobs that the product writes lie where requests may not read.</summary>
public sealed partial class FileAndBlobRuleTests
{
    // The engine refers to no room, and reads files of its own alone. What a process uses, and whether it has ended, is told by /proc.
    private static readonly string[] Excepted = ["/src/LocalEngine/", "/src/Domain/Files/", "/src/Worker/Stages/MemoryReading.cs", "/src/Client/Homes/ServicesFile.cs"];

    private static IEnumerable<string> Sources => Rooms.SourceFiles("src").Select(file => file.Replace('\\', '/'));

    [Fact]
    public void Files_OfEveryRoom_AreReadAsRegularFilesOnly() => Assert.Empty(Sources
        .Where(file => !Excepted.Any(room => file.Contains(room, StringComparison.Ordinal)))
        .SelectMany(file => File.ReadLines(file).Where(line => RawRead().IsMatch(line)).Select(line => $"{file}: {line}")));

    [Fact]
    public void Blobs_ThatTheProductWrites_LieInFoldersThatNoRequestMayRead()
    {
        string[] used = [.. Sources
            .Where(file => new[] { "Storage", "Publication", "Serving", "Activities", "Alerts" }.Any(room => file.Contains($"/src/{room}/", StringComparison.Ordinal)))
            .SelectMany(file => File.ReadLines(file)).SelectMany(line => BlobFolder().Matches(line)).Select(match => match.Groups[1].Value)
            .Where(folder => folder != "models").Distinct().Order(StringComparer.Ordinal)];

        Assert.Equal(BlobNames.OwnFolders, used);
    }

    [GeneratedRegex(@"\bFile\.(OpenRead|OpenText|ReadAll\w+|ReadLines\w*|OpenHandle)\(|FileMode\.Open, FileAccess\.Read,|new StreamReader\(\w*[pP]ath")]
    private static partial Regex RawRead();

    [GeneratedRegex(@"(?<=[""])([a-z]+)/(?:\{|sha256/\{|watches/|state)")]
    private static partial Regex BlobFolder();
}
