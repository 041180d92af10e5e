using System.Collections.Immutable;
using System.Diagnostics;
using Lifecycle.Activities.Files;
using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Files;

namespace Lifecycle.Activities.Tests.Files;

/// <summary>Which files of a worker a request may name: the model's folder, folders that the operator allows, and never the home's own.</summary>
public sealed class RequestedFilesTests : IDisposable
{
    private readonly TemporaryFolder root = new();

    public RequestedFilesTests()
    {
        foreach (string file in new[]
        {
            "models/mail/rows.csv", "models/mail/more.csv", "models/other/rows.csv", "data/a.csv", "data/b.csv", "data/sub/c.csv", "data-2/d.csv",
            "home/enrolment.json", "home/keys/ada.key.pem", "home/keys/grace.key.pem", "home/scratch/x.csv", "home/backup/x.csv", "home/rows/x.csv", "outside/x.csv",
        })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(file))!);
            File.WriteAllText(At(file), file);
        }

        File.CreateSymbolicLink(At("data/to-keys"), At("home/keys"));
        File.CreateSymbolicLink(At("data/key.csv"), At("home/keys/ada.key.pem"));
        File.CreateSymbolicLink(At("data/out.csv"), "../outside/x.csv");
        File.CreateSymbolicLink(At("data/inside.csv"), "sub/c.csv");
        File.CreateSymbolicLink(At("data/dangling.csv"), "gone.csv");
        File.CreateSymbolicLink(At("data/circle.csv"), "circle.csv");
        File.CreateSymbolicLink(At("models/mail/linked"), At("data"));
        using Process link = Process.Start("ln", [At("home/keys/grace.key.pem"), At("data/hard.csv")]);
        link.WaitForExit();
        using Process pipe = Process.Start("mkfifo", [At("data/pipe.csv")]);
        pipe.WaitForExit();
    }

    public void Dispose() => root.Dispose();

    [Theory]
    [InlineData("rows.csv", "", "models/mail/rows.csv")]
    [InlineData("*.csv", "", "models/mail/more.csv models/mail/rows.csv")]
    [InlineData("./rows.csv", "", "models/mail/rows.csv")]
    [InlineData("{root}/models/mail/ro??.csv", "", "models/mail/rows.csv")]
    [InlineData("{root}/data/a.csv", "data", "data/a.csv")]
    [InlineData("{root}/data/sub/*", "data", "data/sub/c.csv")]
    [InlineData("{root}/data/inside.csv", "data", "data/sub/c.csv")]
    [InlineData("linked/a.csv", "data", "data/a.csv")]
    [InlineData("{root}/data/../data/a.csv", "data", "data/a.csv")]
    [InlineData("{root}/home/rows/x.csv", "home/rows", "home/rows/x.csv")]
    [InlineData("{root}/data/missing.csv", "data", "")]
    [InlineData("{root}/data/missing/*.csv", "data", "")]
    public void Files_WhereTheOperatorLets_AreRead(string pattern, string allowed, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), Read(pattern, allowed));

    [Theory]
    [InlineData("{root}/home/keys/*", "")]
    [InlineData("{root}/home/keys/ada.key.pem", "home")]
    [InlineData("{root}/home/keys/*", "home/keys")]
    [InlineData("{root}/home/keys/*", "{slash}")]
    [InlineData("{root}/home/*.json", "home")]
    [InlineData("{root}/home/scratch/*", "home/scratch")]
    [InlineData("{root}/home/backup/x.csv", ".")]
    [InlineData("{root}/home/missing/x.csv", "")]
    [InlineData("{root}/data/a.csv", "")]
    [InlineData("{root}/data-2/d.csv", "data")]
    [InlineData("../other/rows.csv", "")]
    [InlineData("../../home/keys/ada.key.pem", "data")]
    [InlineData("linked/a.csv", "")]
    [InlineData("{root}/data/to-keys/*", "data")]
    [InlineData("{root}/data/key.csv", "data")]
    [InlineData("{root}/data/out.csv", "data")]
    [InlineData("{root}/data/hard.csv", "data")]
    [InlineData("/etc/passwd", "data")]
    [InlineData("/proc/self/environ", "data")]
    [InlineData("{root}/models/mail/../../home/keys/*", "")]
    public void Files_AnywhereElse_AreRefusedByTheRuleAndNotRead(string pattern, string allowed)
    {
        InvalidRequestException refusal = Assert.Throws<InvalidRequestException>(() => Read(pattern, allowed));

        Assert.StartsWith("the worker may not read \"", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{root}/data/pipe.csv", FileKind.NamedPipe)]
    [InlineData("{root}/data/circle.csv", FileKind.LinkLoop)]
    [InlineData("{root}/data/sub", FileKind.Folder)]
    public void Files_ThatAreNone_AreRefusedAtOnce(string pattern, FileKind kind) =>
        Assert.Equal(kind, Assert.Throws<NotRegularFileException>(() => Read(pattern, "data")).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("{root}/*/a.csv")]
    [InlineData("rows.csv\0")]
    [InlineData("..")]
    [InlineData("{root}/data/")]
    public void Pattern_ThatIsNone_IsRefused(string pattern) =>
        Assert.Contains("cannot be read: the pattern", Assert.Throws<InvalidRequestException>(() => Read(pattern, "data")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("../home")]
    [InlineData("mail/../other")]
    [InlineData("/etc")]
    [InlineData("")]
    [InlineData(".")]
    public void Model_WhoseNameLeadsElsewhere_HasNoFolder(string model) =>
        Assert.Contains("is no name of a model", Assert.Throws<InvalidRequestException>(() => Files("").Find(model, "*")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("../x.parquet")]
    [InlineData("/tmp/x")]
    [InlineData("")]
    [InlineData("..")]
    public void WorkspaceFile_WhoseNameLeadsElsewhere_IsRefused(string name)
    {
        using StageWorkspace workspace = new StageFolders(At("models"), At("scratch")).OpenWorkspace("test");

        Assert.Throws<InvalidRequestException>(() => workspace.File(name));
    }

    private string[] Read(string pattern, string allowed)
    {
        RequestedFiles files = Files(allowed);
        List<string> read = [];
        foreach (string path in files.Find("mail", pattern.Replace("{root}", root.Path, StringComparison.Ordinal)))
        {
            using FileStream file = files.Open("mail", path);
            using StreamReader text = new(file);
            read.Add(text.ReadToEnd());
        }

        return [.. read];
    }

    private RequestedFiles Files(string allowed)
    {
        ImmutableArray<string> folders = allowed switch
        {
            "" => [],
            "{slash}" => ["/"],
            _ => [At(allowed)],
        };
        return new(new(At("models"), At("home")) { DataFolders = folders, Closed = [At("home/scratch")] });
    }

    private string At(string path) => Path.Combine(root.Path, path);
}
