namespace Lifecycle.Cli.Homes;

/// <summary>An engine's database as a file. What is in it is for the engine to judge.</summary>
public static class SqliteFile
{
    private const int HeaderBytes = 100;

    /// <summary>Whether a database was made at this path, however little of it is left.</summary>
    public static bool IsThere(string path) => File.Exists(path) || new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    /// <summary>Why the file is no database that was used, naming it; null when it may be one.</summary>
    public static string? Defect(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists || file.Length < HeaderBytes)
        {
            return $"{path} {(file.Exists ? $"has {file.Length} bytes" : "is missing")}, expected the engine's database";
        }

        try
        {
            using FileStream content = file.OpenRead();
            Span<byte> start = stackalloc byte[16];
            content.ReadExactly(start);
            return start.SequenceEqual("SQLite format 3\0"u8) ? null : $"{path} ({file.Length} bytes) is no SQLite database, expected the engine's";
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read: {refused.Message}";
        }
    }
}
