namespace Lifecycle.Domain.Files;

/// <summary>What lies under a name in a file system.</summary>
public enum FileKind
{
    /// <summary>Nothing, or a link to nothing.</summary>
    Nothing,

    /// <summary>Bytes with an end: the one kind that is read.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A named pipe: opening it waits for a writer.</summary>
    NamedPipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A device, such as <c>/dev/zero</c>, which need not end.</summary>
    Device,

    /// <summary>Links that lead in a circle.</summary>
    LinkLoop,
}
