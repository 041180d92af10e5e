namespace Lifecycle.Domain.Files;

/// <summary>Something other than a regular file where a file is to be read. A retry does not mend it.</summary>
/// <param name="path">Where.</param>
/// <param name="kind">What it is.</param>
public sealed class NotRegularFileException(string path, FileKind kind) : IOException(
    $"{path} is {Noun(kind)}, expected a regular file; put the bytes themselves there")
{
    /// <summary>What it is.</summary>
    public FileKind Kind { get; } = kind;

    private static string Noun(FileKind kind) => kind switch
    {
        FileKind.Folder => "a folder",
        FileKind.NamedPipe => "a named pipe",
        FileKind.Socket => "a socket",
        FileKind.LinkLoop => "a link that leads in a circle",
        FileKind.Nothing => "gone",
        _ => "a device",
    };
}
