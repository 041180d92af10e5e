namespace Lifecycle.Data.Snapshots;

/// <summary>Packages that lie ready to be read, and must not be written.</summary>
/// <param name="Folder">Full path of the node_modules folder.</param>
/// <param name="Manifest">Digests of all files in it.</param>
public sealed record InstalledPackages(string Folder, PackageManifest Manifest);
