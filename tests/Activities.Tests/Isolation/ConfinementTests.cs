using System.Text.Json;
using Lifecycle.Activities;
using Lifecycle.Activities.Stages;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Storage;
using Lifecycle.Worker.Stages;
using Lifecycle.Worker.Stages.Confinement;
using Lifecycle.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Lifecycle.Activities.Tests.Isolation;

/// <summary>Which files the child process of a stage may open.</summary>
public sealed class ConfinementTests
{
    // Stage Snapshot reads the whole folder of the model that it is asked for: by a link, a way to have a child open any folder.
    [Theory]
    [InlineData("sample", "InvalidRequest")]
    [InlineData("../home/keys", "InvalidRequest")]
    [InlineData("link-to-keys", nameof(UnauthorizedAccessException))]
    [InlineData("link-to-elsewhere", nameof(UnauthorizedAccessException))]
    [InlineData("link-to-home", nameof(UnauthorizedAccessException))]
    public async Task Child_ThatIsToReadAFolder_ReadsOnlyWhatIsItsOwn(string model, string outcome)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Landlock.IsAvailable, "this system has no Landlock");
        using TemporaryFolder folder = new();
        string root = folder.Path;
        foreach (string path in (string[])["models/sample/model.yaml", "home/keys/publisher.key.pem", "elsewhere/secret", "home/scratch/x"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            await File.WriteAllTextAsync(Path.Combine(root, path), "content");
        }

        foreach (string target in (string[])["home/keys", "elsewhere", "home"])
        {
            Directory.CreateSymbolicLink(Path.Combine(root, "models", $"link-to-{Path.GetFileName(target)}"), Path.Combine(root, target));
        }

        StagePlaces places = new(Path.Combine(root, "models"), Path.Combine(root, "home", "scratch"), Path.Combine(root, "packages"), Path.Combine(root, "home"));
        await using ChildStages stages = new(new StageSetup(places, new BlobStoreOptions { ContainerUri = "http://127.0.0.1:1/none" }, new StageLimits()), 1, _ => { });
        ApplicationFailureException failure = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => stages.RunAsync(new StageCall("TakeSnapshot", JsonSerializer.SerializeToElement(Definition(model), DomainJson.Compact)), _ => { }, CancellationToken.None));

        Assert.True(failure.ErrorType == outcome, failure.Message);
    }

    // The child that waits was let to what lay there when it started; what has replaced that since is read by another.
    [Fact]
    public async Task Child_AfterTheModelsFolderWasReplaced_ReadsTheNewOne()
    {
        using TemporaryFolder folder = new();
        string models = Path.Combine(folder.Path, "models");
        StagePlaces places = new(models, Path.Combine(folder.Path, "home", "scratch"), Path.Combine(folder.Path, "packages"), Path.Combine(folder.Path, "home"));
        await using ChildStages stages = new(new StageSetup(places, new BlobStoreOptions { ContainerUri = "http://127.0.0.1:1/none" }, new StageLimits()), 1, _ => { });
        for (int time = 0; time < 3; time++)
        {
            Directory.CreateDirectory(Path.Combine(models, "sample"));
            await File.WriteAllTextAsync(Path.Combine(models, "sample", "model.yaml"), "content");

            ApplicationFailureException failure = await Assert.ThrowsAsync<ApplicationFailureException>(
                () => stages.RunAsync(new StageCall("TakeSnapshot", JsonSerializer.SerializeToElement(Definition("sample"), DomainJson.Compact)), _ => { }, CancellationToken.None));

            Assert.True(failure.ErrorType == "InvalidRequest", failure.Message);
            Directory.Move(models, $"{models}-{time}");
        }
    }

    [Theory]
    [InlineData("tree", "tree/home/keys", "tree/a tree/home/b")]
    [InlineData("tree/home", "tree/home/keys", "tree/home/b")]
    [InlineData("tree/a", "tree/home/keys", "tree/a")]
    [InlineData("tree/home/keys", "tree/home/keys", "")]
    [InlineData("tree/home/keys/deep", "tree/home/keys", "")]
    [InlineData("tree", "tree/linked/keys", "tree/a tree/home/b")]
    [InlineData("linked-tree", "tree/home/keys", "tree/a tree/home/b")]
    public void OpenFolder_RoundTheDeniedOne_IsOpenedEntryByEntry(string readable, string denied, string opened)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "paths are those of Unix");
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(Path.Combine(folder.Path, "tree", "home", "keys", "deep"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "tree", "home", "b"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "tree", "a"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "tree", "linked"), Path.Combine(folder.Path, "tree", "home"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "linked-tree"), Path.Combine(folder.Path, "tree"));

        var paths = OpenPaths.Of(new StageConfinement([], [Path.Combine(folder.Path, readable)], Path.Combine(folder.Path, denied)));
        Assert.Equal(
            opened.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            paths.Where(path => path.Path.StartsWith(folder.Path, StringComparison.Ordinal)).Select(path => Path.GetRelativePath(folder.Path, path.Path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WorkFolder_WithTheKeysInIt_IsRefused()
    {
        using TemporaryFolder folder = new();
        Assert.Throws<InvalidOperationException>(() => OpenPaths.Of(new StageConfinement([folder.Path], [], Path.Combine(folder.Path, "keys"))));
    }

    private static RunDefinition Definition(string model) => new()
    {
        Model = model,
        Snapshot = new SnapshotDefinition { Id = "2024-01", Cutoff = new(2024, 1, 31) },
        Document = ArtifactRef.ForContent(new string('0', 64), 1, MediaTypes.Json),
        FolderDigest = "another",
        Gate = new GatePolicy(),
        Approval = new ApprovalPolicy(),
        Channel = "production",
    };
}
