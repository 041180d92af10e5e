using System.Text.RegularExpressions;

namespace Lifecycle.Architecture.Tests;

/// <summary>Links in the documentation resolve, and the glossary's terms are types.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Pages() =>
    [
        .. Directory.EnumerateFiles(Rooms.Root, "*.md")
            .Concat(new[] { "docs", "bench", "models", "infra" }.SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Rooms.Root, folder), "*.md", SearchOption.AllDirectories)))
            .Where(page => !page.Contains("node_modules", StringComparison.Ordinal))
            .Select(page => Path.GetRelativePath(Rooms.Root, page))
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_LinksToFiles_ThatExist(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Rooms.Root, page))!;
        string[] dead = [.. Link().Matches(File.ReadAllText(Path.Combine(Rooms.Root, page)))
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#') && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Select(target => target.Split('#')[0])
            .Where(target => !File.Exists(Path.Combine(folder, target)) && !Directory.Exists(Path.Combine(folder, target)))];
        Assert.Empty(dead);
    }

    [Fact]
    public void Glossary_Terms_AreTypesOfTheSource()
    {
        string glossary = File.ReadAllText(Path.Combine(Rooms.Root, "docs", "glossary.md"));
        string[] terms = [.. Term().Matches(glossary).Select(match => match.Groups[1].Value)];
        HashSet<string> words = [.. Rooms.SourceFiles("src").SelectMany(file => Word().Matches(File.ReadAllText(file)).Select(match => match.Value))];
        string[] unknown = [.. terms.Where(term => !words.Contains(term))];
        Assert.NotEmpty(terms);
        Assert.Empty(unknown);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| `(\w+)`", RegexOptions.Multiline)]
    private static partial Regex Term();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Word();
}
