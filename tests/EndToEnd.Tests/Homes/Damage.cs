using Lifecycle.Client.Homes;
using Lifecycle.Publishing.Keys;

namespace Lifecycle.EndToEnd.Tests.Homes;

/// <summary>What happens to a file of a home.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class Damage
{
    private const UnixFileMode Everybody = (UnixFileMode)0b110_110_110;
    private const UnixFileMode ReadableByAll = (UnixFileMode)0b110_100_100;

    /// <summary>Does it.</summary>
    /// <param name="home">The home.</param>
    /// <param name="file">The file or folder, from the home's root.</param>
    /// <param name="how">Name of what is done to it.</param>
    public static void Do(HomeFolder home, string file, string how)
    {
        string path = Path.Combine(home.Root, file);
        switch (how)
        {
            case "emptied":
                File.WriteAllBytes(path, []);
                break;
            case "deleted":
                Delete(path);
                break;
            case "halved":
                File.WriteAllBytes(path, File.ReadAllBytes(path)[..(int)(new FileInfo(path).Length / 2)]);
                break;
            case "cut to 50 bytes":
                File.WriteAllBytes(path, File.ReadAllBytes(path)[..50]);
                break;
            case "first bytes flipped":
                Flip(path, from: 0, 16);
                break;
            case "pages flipped":
                Flip(path, from: 4096, 3 * 4096);
                break;
            case "middle flipped":
                Flip(path, (int)(new FileInfo(path).Length / 2), 4);
                break;
            case "writable by all":
                File.SetUnixFileMode(path, Everybody);
                break;
            case "readable by all":
                File.SetUnixFileMode(path, ReadableByAll);
                break;
            case "another key":
                File.WriteAllText(path, Another());
                break;
            case "noise":
                File.WriteAllBytes(path, [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 31))]);
                break;
            default:
                File.WriteAllText(path, how);
                break;
        }
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private static void Flip(string path, int from, int count)
    {
        byte[] content = File.ReadAllBytes(path);
        for (int i = from; i < Math.Min(content.Length, from + count); i++)
        {
            content[i] ^= 0xff;
        }

        File.WriteAllBytes(path, content);
    }

    private static string Another()
    {
        string folder = Directory.CreateTempSubdirectory("another-").FullName;
        KeyFolder keys = new(folder);
        keys.Create("other").Dispose();
        string pem = File.ReadAllText(keys.PrivateKeyPath("other"));
        Directory.Delete(folder, recursive: true);
        return pem;
    }
}
