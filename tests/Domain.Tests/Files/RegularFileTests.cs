using System.Diagnostics;
using System.Net.Sockets;
using Lifecycle.Domain.Files;

namespace Lifecycle.Domain.Tests.Files;

public sealed class RegularFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lifecycle-files-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("pipe", FileKind.NamedPipe, "is a named pipe, expected a regular file")]
    [InlineData("socket", FileKind.Socket, "is a socket, expected a regular file")]
    [InlineData("/dev/zero", FileKind.Device, "is a device, expected a regular file")]
    [InlineData("link-to-device", FileKind.Device, "is a device, expected a regular file")]
    [InlineData("link-to-pipe", FileKind.NamedPipe, "is a named pipe, expected a regular file")]
    [InlineData("folder.csv", FileKind.Folder, "is a folder, expected a regular file")]
    [InlineData("circle", FileKind.LinkLoop, "is a link that leads in a circle")]
    public void Open_WhatIsNoRegularFile_IsRefusedAtOnceAndSaysWhatItIs(string name, FileKind kind, string expected)
    {
        string path = Made(name);

        NotRegularFileException refusal = Assert.Throws<NotRegularFileException>(() => RegularFile.Open(path));

        Assert.Equal(kind, refusal.Kind);
        Assert.Contains($"{path} {expected}", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<NotRegularFileException>(() => RegularFile.ReadBytes(path));
        Assert.Throws<NotRegularFileException>(() => Sha256Digest.OfFile(path));
        Assert.False(RegularFile.IsAbsent(path));
    }

    [Theory]
    [InlineData("missing", true)]
    [InlineData("missing/further", true)]
    [InlineData("dangling", false)]
    public void Open_WhereNothingIs_SaysSo_AndALinkToNothingIsNotAbsent(string name, bool isAbsent)
    {
        string path = Made(name);

        FileNotFoundException missing = Assert.Throws<FileNotFoundException>(() => RegularFile.Open(path));

        Assert.Contains(path, missing.Message, StringComparison.Ordinal);
        Assert.Equal(isAbsent, RegularFile.IsAbsent(path));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("link")]
    [InlineData("hard")]
    public void ReadBytes_OfAFileByAnyOfItsNames_GivesItsBytes(string name)
    {
        File.WriteAllText(Path.Combine(folder, "plain"), "rows\nmore\n");
        string path = Made(name);

        Assert.Equal("rows\nmore\n"u8.ToArray(), RegularFile.ReadBytes(path, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(["rows", "more"], RegularFile.ReadLines(path));
        Assert.Equal(Sha256Digest.Of("rows\nmore\n"u8), Sha256Digest.OfFile(path, TestContext.Current.CancellationToken));
        Assert.Contains("has 10 bytes, expected at most 9", Assert.Throws<IOException>(() => RegularFile.ReadBytes(path, 9)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_OfAFileThatGrowsMeanwhile_EndsAndSaysSo()
    {
        string path = Path.Combine(folder, "log");
        File.WriteAllBytes(path, new byte[1 << 20]);
        using FileStream file = RegularFile.Open(path);
        long taken = 0;

        // The writer is another process: FileShare binds only those of .NET.
        FileChangedException grown = Assert.Throws<FileChangedException>(() => RegularFile.Take(file, piece =>
        {
            using Process writer = Started("sh", "-c", "head -c 1048576 /dev/zero >> \"$0\"", path);
            writer.WaitForExit();
            taken += piece.Length;
        }));

        Assert.Contains("grew while it was read", grown.Message, StringComparison.Ordinal);
        Assert.InRange(taken, 1, (1 << 20) + (1 << 17));
    }

    [Fact]
    public void OfFile_ThatIsCancelled_StopsWithinTheFile()
    {
        string path = Path.Combine(folder, "large");
        File.WriteAllBytes(path, new byte[1 << 20]);

        Assert.Throws<OperationCanceledException>(() => Sha256Digest.OfFile(path, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("a/b", "a/b")]
    [InlineData("a/./b/../c", "a/c")]
    [InlineData("in/key", "outside/key")]
    [InlineData("relative/key", "outside/key")]
    [InlineData("twice/key", "outside/key")]
    [InlineData("in/../b", "b")]
    [InlineData("missing/in/x", "missing/in/x")]
    public void Of_APathWithLinks_IsWhereItLeads(string path, string expected)
    {
        Directory.CreateDirectory(Path.Combine(folder, "a"));
        Directory.CreateDirectory(Path.Combine(folder, "outside"));
        File.CreateSymbolicLink(Path.Combine(folder, "in"), Path.Combine(folder, "outside"));
        File.CreateSymbolicLink(Path.Combine(folder, "relative"), "./a/../outside");
        File.CreateSymbolicLink(Path.Combine(folder, "twice"), "in");
        string root = FinalPath.Of(folder);

        Assert.Equal(Path.Combine(root, expected), FinalPath.Of(Path.Combine(folder, path)));
    }

    [Theory]
    [InlineData("/data/a", "/data", true)]
    [InlineData("/data", "/data", true)]
    [InlineData("/data/", "/data", true)]
    [InlineData("/database/a", "/data", false)]
    [InlineData("/a", "/", true)]
    [InlineData("/", "/data", false)]
    public void IsWithin_APathAndAFolder_ComparesWholeParts(string path, string of, bool expected) => Assert.Equal(expected, FinalPath.IsWithin(path, of));

    private string Made(string name)
    {
        string path = Path.Combine(folder, name);
        switch (name)
        {
            case "pipe":
                Pipe(path);
                break;
            case "socket":
                using (Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
                {
                    socket.Bind(new UnixDomainSocketEndPoint(path));
                    File.Move(path, path + "-kept");
                }

                return path + "-kept";
            case "link-to-device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "link-to-pipe":
                Pipe(path + "-pipe");
                File.CreateSymbolicLink(path, path + "-pipe");
                break;
            case "folder.csv":
                Directory.CreateDirectory(path);
                break;
            case "circle":
                File.CreateSymbolicLink(path, path + "-other");
                File.CreateSymbolicLink(path + "-other", path);
                break;
            case "dangling":
                File.CreateSymbolicLink(path, path + "-gone");
                break;
            case "link":
                File.CreateSymbolicLink(path, Path.Combine(folder, "plain"));
                break;
            case "hard":
                using (Process link = Started("ln", Path.Combine(folder, "plain"), path))
                {
                    link.WaitForExit();
                }

                break;
        }

        return path;
    }

    private static void Pipe(string path)
    {
        using Process made = Started("mkfifo", path);
        made.WaitForExit();
    }

    private static Process Started(string program, params string[] arguments) => Process.Start(program, arguments);
}
