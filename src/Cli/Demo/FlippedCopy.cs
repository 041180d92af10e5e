namespace Lifecycle.Cli.Demo;

/// <summary>A copy of a publication with one byte of one file flipped; removed when disposed.</summary>
public sealed class FlippedCopy : IDisposable
{
    private readonly string parent;

    private FlippedCopy(string parent, string folder) => (this.parent, Folder) = (parent, folder);

    /// <summary>The copy.</summary>
    public string Folder { get; }

    /// <summary>Copies <paramref name="folder"/> and flips the lowest bit in the middle of <paramref name="file"/>.</summary>
    public static FlippedCopy Of(string folder, string file)
    {
        string parent = Directory.CreateTempSubdirectory("lifecycle-flipped-").FullName;
        string copy = Directory.CreateDirectory(Path.Combine(parent, Path.GetFileName(folder))).FullName;
        foreach (string source in Directory.EnumerateFiles(folder))
        {
            File.Copy(source, Path.Combine(copy, Path.GetFileName(source)));
        }

        using FileStream victim = new(Path.Combine(copy, file), FileMode.Open, FileAccess.ReadWrite);
        victim.Position = victim.Length / 2;
        int value = victim.ReadByte();
        victim.Position--;
        victim.WriteByte((byte)(value ^ 1));
        return new FlippedCopy(parent, copy);
    }

    /// <summary>Removes the copy.</summary>
    public void Dispose() => Directory.Delete(parent, recursive: true);
}
