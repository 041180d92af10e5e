using System.Diagnostics;
using System.Globalization;
using Lifecycle.Client.Homes;

namespace Lifecycle.Cli.Tests.Homes;

/// <summary>A process that was killed keeps its id until its parent asks how it ended; it serves nothing all the same.</summary>
public sealed class EndedServicesTests
{
    [Theory]
    [InlineData(8, true)]
    [InlineData(6, true)]
    [InlineData(9, true)]
    [InlineData(11, true)]
    [InlineData(15, true)]
    [InlineData(0, false)]
    public async Task ServicesFile_OfAProcessThatNobodyAskedAfter_IsRunningOnlyWhileItLives(int signal, bool ended)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads the state of processes in /proc");
        using Process parent = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 600 & echo $!; exec sleep 600"]) { RedirectStandardOutput = true })!;
        try
        {
            int id = int.Parse((await parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);
            using Process process = Process.GetProcessById(id);
            ServicesFile services = new(id, process.StartTime.ToUniversalTime().Ticks, "127.0.0.1:1", "default", "", null);
            await UntilAsync($"/proc/{parent.Id}/comm", "sleep"); // a shell would ask how its child ended
            using Process kill = Process.Start("sh", ["-c", $"kill -{signal} {id}"]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            await UntilAsync($"/proc/{id}/stat", ended ? ") Z" : ")");

            using Process? found = services.FindProcess();
            Assert.Equal(ended, found is null);
        }
        finally
        {
            parent.Kill(entireProcessTree: true);
        }
    }

    private static async Task UntilAsync(string file, string text)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (!(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Contains(text, StringComparison.Ordinal))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromMinutes(2), $"{file} never held '{text}'");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
