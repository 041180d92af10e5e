using System.Text.RegularExpressions;

namespace Lifecycle.Data.Tests.Testing;

/// <summary>A how-to page whose files are written out just as a reader would: a comment names each, the code block below holds it.</summary>
internal static partial class HowToPage
{
    /// <summary>Writes all files of a page below a folder; returns their paths as the page gives them.</summary>
    public static IReadOnlyList<string> WriteFiles(string page, string folder)
    {
        List<string> written = [];
        foreach (Match block in NamedBlock().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "how-to", page))))
        {
            string path = block.Groups["path"].Value;
            string target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, block.Groups["content"].Value);
            written.Add(path);
        }

        return written;
    }

    [GeneratedRegex(@"<!-- file: (?<path>\S+) -->\n```\w+\n(?<content>.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedBlock();
}
