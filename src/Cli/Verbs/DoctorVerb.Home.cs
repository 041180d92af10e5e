using System.Collections.Immutable;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Homes;
using Lifecycle.Client.Homes;
using Lifecycle.Publishing.Keys;
using Lifecycle.Storage.Emulator;

namespace Lifecycle.Cli.Verbs;

/// <content>What the home has held, and whether it is there.</content>
public static partial class DoctorVerb
{
    /// <summary>The stores that were made, the trust root and the keys; of a new home, that it is new.</summary>
    public static ImmutableArray<Check> CheckHome(HomeFolder home)
    {
        try
        {
            HomeMarker marker = HomeMarker.Of(home, TimeProvider.System);
            return marker.Made.IsEmpty
                ? [new("home", Passed: true, Required: false, $"{home.Root} has held nothing yet"), .. CheckKeys(home)]
                : [.. marker.Made.Keys.SelectMany(store => CheckStore(home, store)), .. CheckKeys(home)];
        }
        catch (CommandException defect)
        {
            return [new("home", Passed: false, Required: true, defect.Message), .. CheckKeys(home)];
        }
    }

    private static IEnumerable<Check> CheckStore(HomeFolder home, HomeStore store)
    {
        if (store == HomeStore.Trust)
        {
            foreach (Check check in CheckTrust(home))
            {
                yield return check;
            }

            yield break;
        }

        string? defect = new HomeGuard(home, TimeProvider.System).Defect(store);
        yield return new(HomeStores.NameOf(store), defect is null, Required: true, defect ?? $"in {HomeStores.PathOf(home, store)}");
        if (store == HomeStore.Blobs && defect is null && new EmulatorData(home.Blobs).LostExtents() is [_, ..] lost)
        {
            yield return new("extents", Passed: false, Required: true, $"{lost.Length} of the blob emulator's extents are gone or cut short, {lost[0]} the first; restore {home.Blobs} from a backup");
        }
    }

    private static IEnumerable<Check> CheckTrust(HomeFolder home)
    {
        KeyFolder keys = new(home.Root);
        TrustRoot? root = null;
        yield return Try("trust root", keys.EnrolmentPath, () => root = keys.RequireTrustRoot());
        yield return Try("publisher's key", keys.PrivateKeyPath(KeyFolder.PublisherId), () => keys.RequirePublisher(root ?? keys.ReadTrustRoot()));
    }

    private static IEnumerable<Check> CheckKeys(HomeFolder home)
    {
        KeyFolder keys = new(home.Root);
        TrustRoot? root = null;
        _ = File.Exists(keys.EnrolmentPath) ? Try("", "", () => root = keys.ReadTrustRoot()) : null;
        return keys.DefectsOfEngineers(root).Select(defect => new Check("engineer's key", Passed: false, Required: true, defect));
    }

    private static Check Try(string name, string passed, Action act)
    {
        try
        {
            act();
            return new(name, Passed: true, Required: true, passed);
        }
        catch (Exception defect) when (defect is InvalidKeyException or IOException or UnauthorizedAccessException)
        {
            return new(name, Passed: false, Required: true, defect.Message);
        }
    }
}
