using Lifecycle.Worker.Options;

namespace Lifecycle.Activities.Tests.Files;

/// <summary>The operator's folders are read and judged when a worker starts.</summary>
public sealed class DataFolderOptionTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("/data", "/data")]
    [InlineData("/data:/more", "/data /more")]
    [InlineData("/data::", "/data")]
    [InlineData(" /data : /with space ", "/data|/with space")]
    public void Folders_OfTheEnvironment_AreSeparatedAsInPath(string? list, string expected) =>
        Assert.Equal(expected.Split(expected.Contains('|', StringComparison.Ordinal) ? '|' : ' ', StringSplitOptions.RemoveEmptyEntries), WorkerEnvironment.Folders(list));

    [Theory]
    [InlineData("data")]
    [InlineData("./data")]
    [InlineData("/no/such/folder")]
    [InlineData("~/data")]
    [InlineData("/etc/passwd")]
    public void Validate_AFolderThatIsNone_IsRefusedByItsName(string folder)
    {
        using TemporaryFolder home = new();
        WorkerOptions options = new()
        {
            ModelsFolder = home.Path, ScratchFolder = home.Path, PackagesFolder = home.Path, KeysHome = home.Path, AlertsFile = "alerts.yaml", BlobConnectionString = "x", DataFolders = [folder],
        };

        WorkerOptionsException refusal = Assert.Throws<WorkerOptionsException>(options.Validate);

        Assert.Contains(folder, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("LIFECYCLE_DATA_FOLDERS", refusal.Message, StringComparison.Ordinal);
    }
}
