using System.Globalization;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>
/// Defects and storage failures of the engine, in a file of its home. Clients get one sentence; whoever mends the engine
/// finds the rest here. Nothing is written while all is well, and a disk too full for the log loses only the log.
/// </summary>
internal sealed class DefectLog(string directory)
{
    public const string FileName = "engine-defects.log";

    private readonly string file = Path.Combine(directory, FileName);

    public void Write(Exception cause)
    {
        try
        {
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():O} {cause}\n\n"));
        }
        catch (IOException)
        {
            // The same full disk, most likely.
        }
    }
}
