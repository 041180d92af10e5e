using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace Lifecycle.Architecture.Tests;

/// <summary>
/// The folders of a room build on each other in one direction, as the rooms do. A folder is a namespace, and it builds on another where
/// a type of the one mentions a type of the other, in a signature or in a body.
/// </summary>
public sealed class FolderTests
{
    [Theory]
    [MemberData(nameof(RoomNames))]
    public void Folders_OfARoom_HaveNoCycles(string room) => Assert.Empty(Cyclic(Mentions(room)));

    [Fact]
    public void Mentions_OfARoom_AreFound() => Assert.Contains(Mentions("Domain"), mention => mention is ("Runs", "Releases", _));

    [Fact]
    public void Cyclic_WithACycle_NamesItsMentionsAlone()
    {
        Mention[] mentions = [new("A", "B", "a mentions b"), new("B", "A", "b mentions a"), new("B", "C", "b mentions c"), new("D", "A", "d mentions a")];

        Assert.Equal(["a mentions b", "b mentions a"], Cyclic(mentions).Select(mention => mention.Example).Order(StringComparer.Ordinal));
    }

    public static TheoryData<string> RoomNames() => [.. Rooms.Names];

    /// <summary>One example of each folder that builds on another.</summary>
    private static Mention[] Mentions(string room)
    {
        Assembly assembly = Assembly.Load($"Lifecycle.{room}");
        string root = $"Lifecycle.{Rooms.NamespaceOf(room)}";
        IEnumerable<IType> own = new ArchLoader().LoadAssembly(assembly).Build().Types.Where(type => IsBelow(root, type));
        return
        [
            .. own.SelectMany(type => type.Dependencies.Select(dependency => dependency.Target)
                    .Where(target => IsBelow(root, target) && target.Namespace.FullName != type.Namespace.FullName)
                    .Select(target => new Mention(Folder(root, type), Folder(root, target), $"{type.FullName} mentions {target.FullName}")))
                .DistinctBy(mention => (mention.From, mention.To)),
        ];
    }

    // What leads to no cycle is taken away, from both ends, until only cycles and what lies between them is left.
    private static Mention[] Cyclic(Mention[] mentions)
    {
        Mention[] left = [.. mentions.Where(mention => mentions.Any(next => next.From == mention.To) && mentions.Any(before => before.To == mention.From))];
        return left.Length == mentions.Length ? left : Cyclic(left);
    }

    // A parameter of a generic type has no namespace.
    private static bool IsBelow(string root, IType type) => type.Namespace?.FullName is { } name
        && (name == root || name.StartsWith(root + ".", StringComparison.Ordinal));

    private static string Folder(string root, IType type) => type.Namespace.FullName[root.Length..].TrimStart('.');

    private sealed record Mention(string From, string To, string Example)
    {
        public override string ToString() => $"{(From is "" ? "the room's own folder" : From)} builds on {To}: {Example}";
    }
}
