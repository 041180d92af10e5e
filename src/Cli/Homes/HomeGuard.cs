using System.Collections.Immutable;
using Lifecycle.Cli.Failures;
using Lifecycle.Client.Homes;
using Lifecycle.Domain.Files;
using Lifecycle.Publishing.Keys;
using Lifecycle.Storage.Emulator;

namespace Lifecycle.Cli.Homes;

/// <summary>
/// Holds what a home has held against what is there, before anything is started on it: an empty store in a used home is a loss,
/// and is never taken for a new one.
/// </summary>
/// <param name="home">The home; while it is checked, nothing runs in it.</param>
/// <param name="time">The time that a marker notes.</param>
public sealed class HomeGuard(HomeFolder home, TimeProvider time)
{
    /// <summary>Refuses a store that was made and is not whole any more.</summary>
    /// <exception cref="CommandException">What was found, what was expected, and what to do.</exception>
    public void Require(params IReadOnlyList<HomeStore> stores)
    {
        HomeMarker marker = HomeMarker.Of(home, time);
        foreach (HomeStore store in stores.Where(marker.Holds))
        {
            if (Defect(store) is { } defect)
            {
                throw new CommandException(ExitCodes.Unavailable, $"{defect}; {WhatToDo(store, marker.Made[store])}");
            }
        }

        marker.Write(home);
    }

    /// <summary>Whether a store was made before.</summary>
    public bool Holds(HomeStore store) => HomeMarker.Of(home, time).Holds(store);

    /// <summary>Notes that stores were made.</summary>
    public void Note(params IReadOnlyList<HomeStore> stores) => HomeMarker.Of(home, time).With(time, stores).Write(home);

    /// <summary>Sets what is left of a store aside, and forgets that it was made.</summary>
    /// <returns>Where it was put; empty when nothing was left.</returns>
    public ImmutableArray<string> BeginAnew(HomeStore store)
    {
        string suffix = $".set-aside-{time.GetUtcNow():yyyyMMddTHHmmssfff}Z";
        KeyFolder keys = new(home.Root);
        string[] parts = store == HomeStore.Trust
            ? [keys.EnrolmentPath, keys.PrivateKeyPath(KeyFolder.PublisherId), keys.PublicKeyPath(KeyFolder.PublisherId)]
            : [HomeStores.PathOf(home, store)];
        ImmutableArray<string> aside = [.. parts.Where(Path.Exists).Select(part => SetAside(part, part + suffix))];
        HomeMarker.Of(home, time).Without(store).Write(home);
        return aside;
    }

    /// <summary>What is wrong with a store that was made, naming the file; null when it may be served.</summary>
    public string? Defect(HomeStore store) => store switch
    {
        HomeStore.Engine => SqliteFile.Defect(home.EngineDatabase),
        HomeStore.Temporal => SqliteFile.Defect(home.TemporalDatabase),
        HomeStore.Blobs => new EmulatorData(home.Blobs).Defect(),
        _ => TrustDefect(),
    };

    private string WhatToDo(HomeStore store, DateTimeOffset since) => store == HomeStore.Trust && HasBothTrustFiles
        ? "nothing was started, since nothing that it signs would be trusted"
        : $"this home was used (known since {since:yyyy-MM-dd}), so nothing is begun anew in silence. Restore {HomeStores.PathOf(home, store)} from a backup; or run 'lifecycle up --begin-anew {HomeStores.NameOf(store)}', which sets aside what is left and loses {HomeStores.Loss(store)}";

    private bool HasBothTrustFiles => new KeyFolder(home.Root) is var keys && File.Exists(keys.EnrolmentPath) && keys.Has(KeyFolder.PublisherId);

    private string? TrustDefect()
    {
        KeyFolder keys = new(home.Root);
        if (!File.Exists(keys.EnrolmentPath))
        {
            return $"{keys.EnrolmentPath} is missing, expected the home's trust root";
        }

        try
        {
            keys.RequirePublisher(keys.RequireTrustRoot());
            return null;
        }
        catch (Exception defect) when (defect is InvalidKeyException or UnauthorizedAccessException or IOException)
        {
            return defect.Message.TrimEnd('.');
        }
    }

    private static string SetAside(string path, string aside)
    {
        DurableFiles.Local.Rename(path, aside);
        return aside;
    }
}
