namespace Lifecycle.LocalEngine.Persistence;

/// <summary>
/// The directory an engine lives in, held by one process at a time. The lock is an open file that the operating system
/// releases when the process ends, however it ends.
/// </summary>
internal sealed class EngineHome : IDisposable
{
    private readonly FileStream lockFile;

    private EngineHome(string directory, FileStream lockFile)
    {
        DatabaseFile = Path.Combine(directory, "engine.db");
        Defects = new DefectLog(directory);
        this.lockFile = lockFile;
    }

    public string DatabaseFile { get; }

    public DefectLog Defects { get; }

    /// <summary>Takes the directory, creating it where it does not exist.</summary>
    /// <exception cref="EngineStartException">Another process has it, or it cannot be written.</exception>
    public static EngineHome Take(string directory)
    {
        var path = Path.Combine(directory, "engine.lock");
        try
        {
            Directory.CreateDirectory(directory);
            return new EngineHome(directory, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new EngineStartException($"The engine's home {directory} cannot be written: {cause.Message} Give the user write access or choose another home.", cause);
        }
        catch (IOException cause) when (IsHeld(cause))
        {
            throw new EngineStartException($"The engine's home {directory} is in use by another process, which holds {path}. Stop that engine, or choose another home.", cause);
        }
        catch (IOException cause)
        {
            throw new EngineStartException($"The engine's home {directory} cannot be created: {cause.Message} Choose another home.", cause);
        }
    }

    // EAGAIN on Linux, EWOULDBLOCK on macOS, a sharing violation on Windows.
    private static bool IsHeld(IOException cause) => (cause.HResult & 0xFFFF) is 11 or 35 or 32;

    public void Dispose() => lockFile.Dispose();
}
