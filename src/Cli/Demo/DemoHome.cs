using Lifecycle.Cli.Failures;
using Lifecycle.Client.Homes;

namespace Lifecycle.Cli.Demo;

/// <summary>Where the demo plays: a home that the user named and keeps, or one that is thrown away.</summary>
public sealed class DemoHome : IDisposable
{
    private DemoHome(HomeFolder home, bool isKept) => (Home, IsKept) = (home, isKept);

    /// <summary>The home.</summary>
    public HomeFolder Home { get; }

    /// <summary>Whether it stays.</summary>
    public bool IsKept { get; }

    /// <summary>Opens the named home, or a fresh one.</summary>
    public static DemoHome Open(string? named)
    {
        if (named is null)
        {
            return new DemoHome(new HomeFolder(Directory.CreateTempSubdirectory("lifecycle-demo-").FullName), isKept: false);
        }

        HomeFolder home = HomeFolder.Resolve(named);
        if (Directory.Exists(home.Engine) || Directory.Exists(home.Blobs))
        {
            throw new CommandException(
                ExitCodes.BadInput, $"{home.Root} holds an installation already, and the story begins with an empty channel; name a new folder with --home");
        }

        return new DemoHome(home, isKept: true);
    }

    /// <summary>Throws the home away, unless it is kept.</summary>
    public void Dispose()
    {
        if (!IsKept && Directory.Exists(Home.Root))
        {
            Directory.Delete(Home.Root, recursive: true);
        }
    }
}
