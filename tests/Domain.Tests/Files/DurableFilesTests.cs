using Lifecycle.Domain.Files;

namespace Lifecycle.Domain.Tests.Files;

public sealed class DurableFilesTests : IDisposable
{
    private const string Old = "the old content";
    private const string New = "the new content, which is longer than the old one";
    private readonly string folder = Directory.CreateTempSubdirectory("durable-").FullName;

    private string Target => Path.Combine(folder, "file.json");

    public static TheoryData<int, DiskFault, bool> Faults => [.. from call in new[] { 1, 2, 3, 4 }
                                                                 from fault in Enum.GetValues<DiskFault>()
                                                                 from existed in new[] { false, true }
                                                                 select (call, fault, existed)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Faults))]
    public void Write_OnADiskThatFailsAtAnyCall_LeavesTheOldContentOrTheNewAndSaysSo(int call, DiskFault fault, bool existed)
    {
        if (existed)
        {
            File.WriteAllText(Target, Old);
        }

        FailingDisk disk = new(new LocalDisk(), call, fault);

        IOException failure = Assert.Throws<IOException>(() => new DurableFiles(disk).Write(Target, New));

        Assert.Equal("No space left on device", failure.Message);
        string? found = File.Exists(Target) ? File.ReadAllText(Target) : null;
        Assert.Contains(found, new[] { existed ? Old : null, New });
        Assert.True(call == 4 || found != New || (call == 3 && fault != DiskFault.Refuses));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Write_AfterAFailure_SucceedsWhenItIsRepeated(int call, DiskFault fault, bool existed)
    {
        if (existed)
        {
            File.WriteAllText(Target, Old);
        }

        Assert.Throws<IOException>(() => new DurableFiles(new FailingDisk(new LocalDisk(), call, fault)).Write(Target, New));

        DurableFiles.Local.Write(Target, New);

        Assert.Equal(New, File.ReadAllText(Target));
    }

    [Fact]
    public void Write_InOrder_FlushesBeforeTheRenameAndSyncsTheFolderAfterIt()
    {
        FailingDisk disk = new(new LocalDisk(), faultyCall: 0, DiskFault.Refuses);

        new DurableFiles(disk).Write(Target, New);

        Assert.Equal(["Create", "Flush", "Rename", "SyncFolder"], disk.Calls);
        Assert.Equal([Target], Directory.EnumerateFileSystemEntries(folder));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Write_WhoseDiskIsFull_LeavesNoTemporaryFile(int call)
    {
        Assert.Throws<IOException>(() => new DurableFiles(new FailingDisk(new LocalDisk(), call, DiskFault.Refuses)).Write(Target, New));

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void Write_ThatMayNotReplace_KeepsWhatIsThere()
    {
        File.WriteAllText(Target, Old);

        Assert.Throws<IOException>(() => DurableFiles.Local.Write(Target, New, overwrite: false));

        Assert.Equal(Old, File.ReadAllText(Target));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder));
    }

    [Theory]
    [InlineData(1, DiskFault.Refuses)]
    [InlineData(1, DiskFault.Dies)]
    [InlineData(2, DiskFault.Refuses)]
    [InlineData(2, DiskFault.Dies)]
    [InlineData(3, DiskFault.Refuses)]
    [InlineData(3, DiskFault.FailsAfter)]
    public void PublishFolder_OnADiskThatFails_LeavesItWholeOrAbsent(int call, DiskFault fault)
    {
        string made = Directory.CreateDirectory(Path.Combine(folder, "made")).FullName;
        File.WriteAllText(Path.Combine(made, "a"), New);
        string target = Path.Combine(folder, "target");

        Assert.Throws<IOException>(() => new DurableFiles(new FailingDisk(new LocalDisk(), call, fault)).PublishFolder(made, target));

        Assert.NotEqual(Directory.Exists(made), Directory.Exists(target));
        Assert.Equal(New, File.ReadAllText(Path.Combine(Directory.Exists(target) ? target : made, "a")));
    }

    [Fact]
    public void PublishFolder_FromAnotherFolder_SyncsBothFolders()
    {
        string made = Directory.CreateDirectory(Path.Combine(folder, "staging", "made")).FullName;
        FailingDisk disk = new(new LocalDisk(), faultyCall: 0, DiskFault.Refuses);

        new DurableFiles(disk).PublishFolder(made, Path.Combine(folder, "target"));

        Assert.Equal(["FlushAll", "Rename", "SyncFolder", "SyncFolder"], disk.Calls);
    }

    [Fact]
    public void Write_IntoAFolderThatIsNotThere_NamesIt()
    {
        var failure = Assert.ThrowsAny<IOException>(() => DurableFiles.Local.Write(Path.Combine(folder, "no", "file"), New));

        Assert.Contains(Path.Combine(folder, "no"), failure.Message, StringComparison.Ordinal);
    }
}
