using System.Diagnostics;
using System.Globalization;
using Lifecycle.Cli.Failures;
using Lifecycle.Publishing.Keys;

namespace Lifecycle.Cli.Tests.BadInput;

/// <summary>Commands that are given what is no regular file end at once; one that reads for long ends when it is told to.</summary>
public sealed class UnreadableFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder folder = new();

    public UnreadableFileTests()
    {
        Directory.CreateDirectory(At("home/keys"));
        Directory.CreateDirectory(At("publication"));
        foreach (string pipe in new[] { "pipe", "publication/model.sig", "home/enrolment.json", "home/alerts.yaml" })
        {
            using Process made = Process.Start("mkfifo", [At(pipe)]);
            made.WaitForExit();
        }

        File.CreateSymbolicLink(At("zero"), "/dev/zero");
        File.CreateSymbolicLink(At("circle"), "circle");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("is a named pipe", "verify", "{folder}/publication", "--trust", "{folder}/pipe")]
    [InlineData("is a device", "verify", "{folder}/publication", "--trust", "{folder}/zero")]
    [InlineData("leads in a circle", "verify", "{folder}/publication", "--trust", "{folder}/circle")]
    [InlineData("is a folder", "verify", "{folder}/publication", "--trust", "{folder}/home")]
    [InlineData("is a named pipe", "verify", "{folder}/publication")]
    [InlineData("is a named pipe", "predict", "sample-host", "{folder}/pipe")]
    [InlineData("is a device", "predict", "sample-host", "{folder}/zero")]
    [InlineData("is a named pipe", "predict", "sample-host", "--input", "{folder}/pipe")]
    [InlineData("is a folder", "predict", "sample-host", "--input", "{folder}/home")]
    [InlineData("is missing; give the path of a file", "predict", "sample-host", "--input", "{folder}/none.csv")]
    [InlineData("is a named pipe", "alerts", "check")]
    public async Task Command_GivenWhatIsNoRegularFile_EndsAndSaysWhatItIs(string reason, params string[] arguments)
    {
        using Process command = Start(arguments);

        Task<string> errors = command.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains(reason, await errors.WaitAsync(Patience, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await command.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.BadInput, command.ExitCode);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Verify_OfAFileThatTakesHours_EndsWhenToldTo(string signal)
    {
        Assert.SkipWhen(signal == "INT" && InterruptIsIgnored(), "a shell without job control started the tests in the background, where Unix ignores SIGINT");
        File.Delete(At("publication/model.sig"));
        using (FileStream sparse = new(At("publication/model.onnx"), FileMode.CreateNew))
        {
            sparse.SetLength(1L << 40);
        }

        File.Delete(At("home/enrolment.json"));
        new KeyFolder(At("home")).EnsureDemo("ada", "grace");
        using Process command = Start("verify", At("publication"));
        await ReadingAsync(command, At("publication/model.onnx"));
        using Process kill = Process.Start("kill", [$"-{signal}", command.Id.ToString(CultureInfo.InvariantCulture)]);

        await command.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.Interrupted, command.ExitCode);
    }

    private static bool InterruptIsIgnored()
    {
        const string Ignored = "SigIgn:";
        const long Interrupt = 1L << 1;
        return File.ReadLines("/proc/self/status").First(line => line.StartsWith(Ignored, StringComparison.Ordinal)) is var line
            && (long.Parse(line[Ignored.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }

    private static async Task ReadingAsync(Process process, string path)
    {
        using CancellationTokenSource limit = new(Patience);
        while (!Directory.EnumerateFileSystemEntries($"/proc/{process.Id}/fd").Any(handle => new FileInfo(handle).LinkTarget == path))
        {
            Assert.False(process.HasExited, "the command ended before it read");
            await Task.Delay(20, limit.Token);
        }
    }

    private Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Lifecycle.Cli.dll"), .. arguments.Select(argument => argument.Replace("{folder}", folder.Path, StringComparison.Ordinal)), "--home", At("home")])
        {
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private string At(string path) => Path.Combine(folder.Path, path);
}
