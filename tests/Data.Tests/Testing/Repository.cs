namespace Lifecycle.Data.Tests.Testing;

/// <summary>Folders of the repository that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Models => Path.Combine(Root, "models");

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Lifecycle.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
