namespace Lifecycle.Publishing.Tests.Fixtures;

/// <summary>Paths of the checkout that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Installations that survive the test run, so that npm is asked once.</summary>
    public static string Cache => Path.Combine(Root, "artifacts", "cache");

    public static string Infra(string name) => Path.Combine(Root, "infra", name);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Lifecycle.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
