using System.Diagnostics;
using Lifecycle.Data.Snapshots;
using Lifecycle.Data.Tests.Testing;

namespace Lifecycle.Data.Tests.Snapshots;

public sealed class NpmPackageCacheTests : IDisposable
{
    private const string DataFile = "email-providers/all.json";

    private readonly PackageFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task InstallAsync_SecondTime_ReadsTheCacheWithoutNpm()
    {
        InstalledPackages first = await InstallAsync();

        InstalledPackages second = await InstallAsync(npm: "no-such-program");

        Assert.Equal(first.Folder, second.Folder);
        Assert.True(File.Exists(Path.Combine(second.Folder, DataFile)));
        Assert.True(second.Manifest.Holds());
    }

    [Fact]
    public async Task InstallAsync_FileAlteredSince_InstallsAnew()
    {
        InstalledPackages first = await InstallAsync();
        await File.AppendAllTextAsync(Path.Combine(first.Folder, DataFile), " ");
        Assert.False(first.Manifest.Holds());

        InstalledPackages second = await InstallAsync();

        Assert.True(second.Manifest.Holds());
        Assert.Equal(first.Manifest.Files, second.Manifest.Files);
        Assert.Single(Directory.EnumerateDirectories(folder.Cache));
    }

    [Fact]
    public async Task InstallAsync_ManyAtOnce_AgreeOnOneWholeFolder()
    {
        InstalledPackages[] installed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => InstallAsync()));

        Assert.Single(installed.Select(one => one.Folder).Distinct());
        Assert.True(installed[0].Manifest.Holds());
        Assert.Single(Directory.EnumerateDirectories(folder.Cache));
    }

    [Fact]
    public async Task InstallAsync_LeftoversOfAKilledProcess_AreNeverUsedAndDeletedOnceOld()
    {
        string recent = Directory.CreateDirectory(Path.Combine(folder.Cache, ".staging-recent", "install", "node_modules")).FullName;

        await InstallAsync();
        Assert.True(Directory.Exists(recent));

        folder.WritePackage("2.26.0 ");
        await Assert.ThrowsAnyAsync<Exception>(() => InstallAsync(npm: folder.Npm("exit 1"), time: new LaterClock()));
        Assert.False(Directory.Exists(recent));
    }

    [Fact]
    public async Task InstallAsync_CancelledWhileNpmRuns_StopsItAndLeavesNothing()
    {
        string pidFile = Path.Combine(folder.Root, "pid");
        string npm = folder.Npm($"echo $$ > {pidFile}; exec sleep 600");
        using CancellationTokenSource stop = new();
        SecondReport running = new();
        Task<InstalledPackages> install = InstallAsync(npm, running, cancellation: stop.Token);
        await running.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => install);
        int pid = int.Parse(await File.ReadAllTextAsync(pidFile));
        Assert.DoesNotContain(Process.GetProcesses(), process => process.Id == pid && process.ProcessName == "sleep");
        Assert.Empty(Directory.EnumerateDirectories(folder.Cache));
    }

    [Fact]
    public async Task InstallAsync_NoNpm_SaysWhatToInstall()
    {
        PackageInstallException exception = await Assert.ThrowsAsync<PackageInstallException>(() => InstallAsync("no-such-program"));

        Assert.StartsWith("'no-such-program' could not be started: ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("install Node.js 20 or later, which brings npm", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstallAsync_RegistryOutOfReach_MayBeRetried()
    {
        string npm = folder.Npm("echo 'npm error code ENOTFOUND' >&2; echo 'npm error network request failed' >&2; exit 1");

        PackageInstallException exception = await Assert.ThrowsAsync<PackageInstallException>(() => InstallAsync(npm));

        Assert.Equal(
            "npm could not install the data packages of model 'toy': npm error code ENOTFOUND / npm error network request failed; check the connection to the package registry and try again",
            exception.Message);
        Assert.Empty(Directory.EnumerateDirectories(folder.Cache));
    }

    [Fact]
    public async Task InstallAsync_LockThatDoesNotFitThePackageFile_IsTheModelsFault()
    {
        folder.WritePackage("2.25.0");

        InvalidDataSourceException exception = await Assert.ThrowsAsync<InvalidDataSourceException>(() => InstallAsync());

        Assert.StartsWith("npm refused the lock file of model 'toy': npm error code EUSAGE", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstallAsync_PackageWithOtherBytesThanPinned_IsRefused()
    {
        string lockFile = Path.Combine(folder.Model, "package-lock.json");
        string text = await File.ReadAllTextAsync(lockFile);
        int start = text.IndexOf("sha512-", StringComparison.Ordinal) + "sha512-".Length;
        await File.WriteAllTextAsync(lockFile, text[..start] + new string('A', 86) + text[(start + 86)..]);

        InvalidDataSourceException exception = await Assert.ThrowsAsync<InvalidDataSourceException>(() => InstallAsync());

        Assert.Contains("EINTEGRITY", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstallAsync_NoLockFile_SaysHowToWriteIt()
    {
        File.Delete(Path.Combine(folder.Model, "package-lock.json"));

        InvalidDataSourceException exception = await Assert.ThrowsAsync<InvalidDataSourceException>(() => InstallAsync());

        Assert.Equal("model 'toy' has no package-lock.json; write both with 'npm install' in the model's folder and commit them", exception.Message);
    }

    private Task<InstalledPackages> InstallAsync(
        string npm = "npm", IProgress<string>? progress = null, TimeProvider? time = null, CancellationToken cancellation = default) =>
        new NpmPackageCache(folder.Cache, time ?? TimeProvider.System, npm).InstallAsync(folder.Model, progress, cancellation);

    private sealed class LaterClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(2);
    }

    /// <summary>Completes at the second report, which comes while npm runs.</summary>
    private sealed class SecondReport : IProgress<string>
    {
        private readonly TaskCompletionSource completion = new();
        private int count;

        public Task Task => completion.Task;

        public void Report(string value)
        {
            if (Interlocked.Increment(ref count) == 2)
            {
                completion.SetResult();
            }
        }
    }
}
