namespace Lifecycle.Domain.Files;

/// <summary>Where a path leads when every link on the way is followed. What does not exist keeps its name.</summary>
public static class FinalPath
{
    private const int MostLinks = 40;

    /// <summary>The path without links.</summary>
    /// <exception cref="NotRegularFileException">The links lead in a circle.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        string at = Path.GetPathRoot(full)!;
        Stack<string> left = new(Parts(full[at.Length..]).Reverse());
        int links = 0;
        while (left.TryPop(out string? part))
        {
            string next = Path.Combine(at, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                at = part == ".." ? Path.GetDirectoryName(at) ?? at : next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new NotRegularFileException(path, FileKind.LinkLoop);
            }

            string root = Path.GetPathRoot(target) ?? "";
            at = root.Length > 0 ? root : at;
            foreach (string further in Parts(target[root.Length..]).Reverse())
            {
                left.Push(further);
            }
        }

        return at;
    }

    /// <summary>Whether a path is a folder or lies in it; both without links.</summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(Path.TrimEndingDirectorySeparator(folder) is var plain && Path.EndsInDirectorySeparator(plain) ? plain : plain + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
}
