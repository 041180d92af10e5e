namespace Lifecycle.Data.Tests.Testing;

/// <summary>A model's folder that pins one small real package, an empty cache, and stand-ins for npm.</summary>
internal sealed class PackageFolder : IDisposable
{
    private const string Package = "email-providers";
    private const string Version = "2.26.0";

    public PackageFolder()
    {
        Model = Directory.CreateDirectory(Path.Combine(Root, "models", "toy")).FullName;
        WritePackage(Version);
        File.WriteAllText(Path.Combine(Model, "package-lock.json"), $$"""
            { "name": "toy", "lockfileVersion": 3, "requires": true, "packages": {
              "": { "name": "toy", "dependencies": { "{{Package}}": "{{Version}}" } },
              "node_modules/{{Package}}": { "version": "{{Version}}", "integrity": "{{PinnedIntegrity()}}" } } }
            """);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("lifecycle-").FullName;

    public string Model { get; }

    public string Cache => Path.Combine(Root, "cache");

    public void WritePackage(string version) =>
        File.WriteAllText(Path.Combine(Model, "package.json"), $$"""{ "name": "toy", "dependencies": { "{{Package}}": "{{version}}" } }""");

    /// <summary>An executable that stands in for npm.</summary>
    public string Npm(string script)
    {
        string path = Path.Combine(Root, "npm-stand-in");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in is a shell script");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string PinnedIntegrity()
    {
        using System.Text.Json.JsonDocument locked = System.Text.Json.JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Checkout.Models, "disposable-domain", "package-lock.json")));
        return locked.RootElement.GetProperty("packages").GetProperty($"node_modules/{Package}").GetProperty("integrity").GetString()!;
    }
}
