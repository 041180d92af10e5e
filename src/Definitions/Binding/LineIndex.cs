namespace Lifecycle.Definitions.Binding;

/// <summary>Lines of a file by the path of what stands there, such as <c>contract.columns.domain.pattern</c>.</summary>
internal sealed class LineIndex
{
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);

    /// <summary>Notes where a path stands.</summary>
    public void Add(string path, int line) => lines[path] = line;

    /// <summary>The line of a path, or of the nearest thing around it that the file has; 0 if it has none.</summary>
    public int Of(string path)
    {
        for (string at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOfAny(['.', '[']))])
        {
            if (lines.TryGetValue(at, out int line))
            {
                return line;
            }
        }

        return 0;
    }
}
