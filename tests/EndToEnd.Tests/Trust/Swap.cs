using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Storage;

namespace Lifecycle.EndToEnd.Tests.Trust;

/// <summary>
/// What somebody between us and the store answers instead of the live release: other entries of channels, other files of
/// publications, all of them genuine and signed, at once or from a later read on.
/// </summary>
/// <param name="Entry">What the entry of the live version says instead.</param>
/// <param name="Directory">Whose files lie in the live publication's folder; null leaves them.</param>
/// <param name="Files">Which of the files.</param>
/// <param name="FromRead">From which read of a file on, counted from 0.</param>
internal sealed record Swap(Func<ChannelEntry, ChannelEntry> Entry, string? Directory, Predicate<string> Files, int FromRead)
{
    /// <summary>From which read of the entry on it is another.</summary>
    public int EntryFromRead { get; init; }

    private const string Model = "model.onnx";

    /// <summary>Every swap, by what it is.</summary>
    public static ImmutableSortedDictionary<string, Func<SignedReleases, Swap>> All { get; } = new Dictionary<string, Func<SignedReleases, Swap>>
    {
        ["entry of another model"] = of => Entries(_ => of.Other.Channel!),
        ["entry of another channel"] = of => Entries(_ => of.Canary.Channel!),
        ["another model under this name"] = of => Entries(live => of.Other.Channel! with { Model = live.Model, Version = live.Version }),
        ["another channel under this name"] = of => Entries(live => of.Canary.Channel! with { Channel = live.Channel, Version = live.Version }),
        ["another version under this number"] = of => Entries(live => of.Before.Channel! with { Version = live.Version }),
        ["this release under a higher number"] = _ => Entries(live => live with { Version = live.Version + 1 }),
        ["this entry over another model's publication"] = of => Entries(live => live with { Publication = of.Other.Publication! }),
        ["this entry over another channel's publication"] = of => Entries(live => live with { Publication = of.Canary.Publication! }),
        ["this entry over another version's publication"] = of => Entries(live => live with { Publication = of.Before.Publication! }),
        ["folder of another model"] = of => Folder(of.Other),
        ["folder of another channel"] = of => Folder(of.Canary),
        ["folder of another version"] = of => Folder(of.Before),
        ["folder and digests of another model"] = of => Folder(of.Other) with { Entry = WithDigests(of.Other) },
        ["folder and digests of another version"] = of => Folder(of.Before) with { Entry = WithDigests(of.Before) },
        ["another model's onnx"] = of => Onnx(of.Other, 0),
        ["another version's onnx and its digest"] = of => Onnx(of.Before, 0) with { Entry = WithModel(of.Before) },
        ["another channel's onnx at the second read"] = of => Onnx(of.Canary, 1),
        ["another version's onnx and its digest at the second read"] = of => Onnx(of.Before, 1) with { Entry = WithModel(of.Before), EntryFromRead = 1 },
        ["another version's digest, and its onnx at the second read"] = of => Onnx(of.Before, 1) with { Entry = WithModel(of.Before) },
        ["another model's digest, and its onnx at the second read"] = of => Onnx(of.Other, 1) with { Entry = WithModel(of.Other) },
        ["another channel's digest, and its onnx at the third read"] = of => Onnx(of.Canary, 2) with { Entry = WithModel(of.Canary) },
        ["another model's onnx and its digest at the third read"] = of => Onnx(of.Other, 2) with { Entry = WithModel(of.Other), EntryFromRead = 1 },
        ["manifest of another version"] = of => new(live => live, of.Before.Publication!.Directory, file => file == "release.json", 0),
        ["signature of another version"] = of => new(live => live, of.Before.Publication!.Directory, file => file == "model.sig", 0),
        ["everything but the onnx of another version"] = of => new(WithDigests(of.Before), of.Before.Publication!.Directory, file => file != Model, 0),
        ["baseline of another version"] = of => new(live => live, of.Before.Publication!.Directory, file => file == "baseline.json", 0),
        ["baseline of another version at the second read"] = of => new(live => live, of.Before.Publication!.Directory, file => file == "baseline.json", 1),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The store behind it: entries are answered where <paramref name="isEntry"/> says so, files of the live publication anywhere.</summary>
    /// <param name="of">The releases.</param>
    /// <param name="isEntry">Whether a blob holds an entry of the live version.</param>
    public IBlobStore Before(SignedReleases of, Predicate<string> isEntry) => new RewritingBlobStore(of.Store, (name, before, bytes) =>
    {
        string live = $"{of.Live.Publication!.Directory}/";
        return isEntry(name) && before >= EntryFromRead ? CanonicalJson.Of(Entry(JsonSerializer.Deserialize<ChannelEntry>(bytes, DomainJson.Compact)!))
            : Directory is not null && before >= FromRead && name.StartsWith(live, StringComparison.Ordinal) && Files(name[live.Length..])
                ? of.Files[$"{Directory}/{name[live.Length..]}"]
                : bytes;
    });

    /// <summary>A stored document that names the live version, with the entry that is answered instead.</summary>
    public byte[] In(byte[] document, ChannelEntry live) => Encoding.UTF8.GetBytes(Replaced(
        Encoding.UTF8.GetString(document), Encoding.UTF8.GetString(CanonicalJson.Of(live)), Encoding.UTF8.GetString(CanonicalJson.Of(Entry(live)))));

    private static string Replaced(string text, string old, string changed)
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        return text.Replace(old, changed, StringComparison.Ordinal);
    }

    private static Swap Entries(Func<ChannelEntry, ChannelEntry> entry) => new(entry, null, _ => false, 0);

    private static Swap Folder(RetrainingState of) => new(live => live, of.Publication!.Directory, _ => true, 0);

    private static Swap Onnx(RetrainingState of, int fromRead) => new(live => live, of.Publication!.Directory, file => file == Model, fromRead);

    private static Func<ChannelEntry, ChannelEntry> WithModel(RetrainingState of) =>
        live => live with { Publication = live.Publication with { ModelDigest = of.Publication!.ModelDigest } };

    private static Func<ChannelEntry, ChannelEntry> WithDigests(RetrainingState of) =>
        live => live with { Publication = of.Publication! with { Directory = live.Publication.Directory } };
}
