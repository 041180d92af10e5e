namespace Lifecycle.Architecture.Tests;

/// <summary>The arrows of docs/architecture/rooms.md, and no others. A new arrow needs a decision record first.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Domain"] = [],
        ["Statistics"] = [],
        ["LocalEngine"] = [],
        ["Definitions"] = ["Domain"],
        ["Storage"] = ["Domain"],
        ["Data"] = ["Domain", "Statistics"],
        ["OnnxModels"] = ["Domain"],
        ["Training"] = ["Domain", "OnnxModels"],
        ["Evaluation"] = ["Domain", "Statistics"],
        ["Publication"] = ["Domain", "Storage"],
        ["Serving"] = ["Domain", "Storage", "Data", "OnnxModels", "Publication"],
        ["Watching"] = ["Domain", "Storage", "Data", "OnnxModels", "Training", "Evaluation", "Publication", "Serving"],
        ["Alerts"] = ["Domain", "Storage"],
        ["Workflows"] = ["Domain"],
        ["Activities"] = ["Workflows", "Domain", "Storage", "Definitions", "Data", "OnnxModels", "Training", "Evaluation", "Publication", "Serving", "Watching", "Alerts"],
        ["Worker"] = ["Workflows", "Activities", "Domain", "Storage", "Publication", "Alerts"],
        ["Client"] = ["Domain", "Storage", "Publication", "Serving", "Workflows"],
        ["Cli"] = ["Client", "Domain", "Storage", "Definitions", "Workflows", "Publication", "Serving", "Alerts", "Worker", "LocalEngine"],
    };

    [Fact]
    public void Rooms_AsBuilt_AreTheOnesDecided() => Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Rooms.Names);

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void Room_RefersToOthers_OnlyAlongDecidedArrows(string room) =>
        Assert.Empty(Rooms.ArrowsOf(room).Except(Allowed[room]));

    [Theory]
    [MemberData(nameof(RoomNames))]
    public void Room_UsesNamespaces_OnlyOfRoomsItRefersTo(string room)
    {
        // A project sees the rooms behind the ones it refers to; its source must not use them.
        string[] strangers = [.. Rooms.Names.Except(Allowed[room]).Except([room])];
        foreach (string file in Rooms.SourceFiles($"src/{room}"))
        {
            string[] used = [.. File.ReadLines(file).Where(line => line.StartsWith("using Lifecycle.", StringComparison.Ordinal))];
            Assert.DoesNotContain(used, line => strangers.Any(stranger => RoomOf(line) == stranger));
        }
    }

    [Fact]
    public void Domain_IsPure_UsesNoPackage() => Assert.Empty(Rooms.PackagesOf("Domain"));

    [Theory]
    [InlineData("Common")]
    [InlineData("Shared")]
    [InlineData("Utils")]
    [InlineData("Helpers")]
    public void Folders_NamedAfterNothing_DoNotExist(string name) => Assert.DoesNotContain(
        Directory.EnumerateDirectories(Path.Combine(Rooms.Root, "src"), "*", SearchOption.AllDirectories),
        folder => Path.GetFileName(folder) == name);

    public static TheoryData<string> RoomNames() => [.. Rooms.Names];

    private static string RoomOf(string usingLine)
    {
        string name = usingLine["using Lifecycle.".Length..].Split('.', ';')[0];
        return Rooms.Names.FirstOrDefault(room => Rooms.NamespaceOf(room) == name) ?? name;
    }
}
