namespace Lifecycle.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class Checkout
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The sample models.</summary>
    public static string Models => Path.Combine(Root, "models");

    /// <summary>Installations that survive the test run, so that npm is asked once.</summary>
    public static string Cache => Path.Combine(Root, "artifacts", "cache");

    /// <summary>A folder of infra/.</summary>
    public static string Infra(string name) => Path.Combine(Root, "infra", name);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Lifecycle.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Lifecycle.sln was not found above the tests"));
}
