using Lifecycle.Client.Homes;

namespace Lifecycle.Cli.Homes;

/// <summary>What a home holds that nothing else can give back.</summary>
public enum HomeStore
{
    /// <summary>The embedded engine's database: runs, histories, schedules.</summary>
    Engine,

    /// <summary>The official dev server's database: the same, of the other engine.</summary>
    Temporal,

    /// <summary>The blob emulator's data: artifacts, Publications, ReleaseChannels, logs, decisions.</summary>
    Blobs,

    /// <summary>The trust root, and the publisher's key that belongs to it.</summary>
    Trust,
}

/// <summary>What each of them is called, and what is gone with it.</summary>
public static class HomeStores
{
    /// <summary>The name, as <c>up --begin-anew</c> takes it.</summary>
    public static string NameOf(HomeStore store) => store switch
    {
        HomeStore.Engine => "engine",
        HomeStore.Temporal => "temporal",
        HomeStore.Blobs => "blobs",
        _ => "trust",
    };

    /// <summary>What a person loses by beginning anew.</summary>
    public static string Loss(HomeStore store) => store switch
    {
        HomeStore.Blobs => "all artifacts, publications, channels, prediction logs and decisions",
        HomeStore.Trust => "who is enrolled, and the publisher's key: what was published before is trusted by no client of the new one",
        _ => "all runs and their histories, approvals that are waited for, and schedules",
    };

    /// <summary>Its folder, or for the trust root its file.</summary>
    public static string PathOf(HomeFolder home, HomeStore store) => store switch
    {
        HomeStore.Engine => home.Engine,
        HomeStore.Temporal => home.Temporal,
        HomeStore.Blobs => home.Blobs,
        _ => Path.Combine(home.Root, "enrolment.json"),
    };
}
