using System.Xml.Linq;

namespace Lifecycle.Architecture.Tests;

/// <summary>The house as its files say it: rooms under src/, and the arrows between them.</summary>
internal static class Rooms
{
    /// <summary>Root of the checkout.</summary>
    public static string Root => Checkout.Root;

    /// <summary>Names of the rooms.</summary>
    public static string[] Names { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Root, "src")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    /// <summary>The rooms that a room refers to.</summary>
    public static string[] ArrowsOf(string room) =>
        [.. References(room, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))];

    /// <summary>The packages that a room refers to.</summary>
    public static string[] PackagesOf(string room) => References(room, "PackageReference");

    /// <summary>What a room's namespace is called: as the room, but for those whose name is also the name of a type.</summary>
    public static string NamespaceOf(string room) => room switch
    {
        "Publication" => "Publishing",
        "Alerts" => "Alerting",
        _ => room,
    };

    /// <summary>Source files under a folder of the checkout.</summary>
    public static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories);

    private static string[] References(string room, string element) =>
        [.. XDocument.Load(Path.Combine(Root, "src", room, $"{room}.csproj")).Descendants(element).Select(reference => reference.Attribute("Include")!.Value)];
}
