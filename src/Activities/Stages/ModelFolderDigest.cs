using System.Text;
using Lifecycle.Domain;

namespace Lifecycle.Activities.Stages;

/// <summary>
/// Digest of everything in a model's folder that a stage may read, so that every stage of a run works from the same
/// definition, on whichever machine. Installed packages and notes for people do not count.
/// </summary>
internal static class ModelFolderDigest
{
    /// <summary>SHA-256 over the sorted lines <c>digest  path</c> of the folder's files.</summary>
    public static string Of(string folder)
    {
        StringBuilder lines = new();
        IEnumerable<string> paths = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("node_modules/", StringComparison.Ordinal) && !path.EndsWith(".md", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            lines.Append(Sha256Digest.OfFile(Path.Combine(folder, path))).Append("  ").Append(path).Append('\n');
        }

        return Sha256Digest.Of(Encoding.UTF8.GetBytes(lines.ToString()));
    }

    /// <summary>Throws when the folder is not what it was when the run began.</summary>
    public static void Require(string folder, string expected)
    {
        string found = Of(folder);
        if (found != expected)
        {
            throw new InvalidRequestException(
                $"{folder} changed since the run began: found digest {found}, expected {expected}; start the run again");
        }
    }
}
