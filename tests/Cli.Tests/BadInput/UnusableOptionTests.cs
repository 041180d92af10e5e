using System.Diagnostics;
using Lifecycle.Cli.Failures;

namespace Lifecycle.Cli.Tests.BadInput;

/// <summary>An option whose value can be none is named before anything is asked for, started or written.</summary>
public sealed class UnusableOptionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("--home is empty", "doctor", "--home", "")]
    [InlineData("--home is empty", "up", "--home", " ")]
    [InlineData("--blob or LIFECYCLE_BLOB", "channel", "show", "m", "--blob", "garbage", "--home", "{folder}")]
    [InlineData("--blob or LIFECYCLE_BLOB", "predict", "m", "x", "--blob", "a=b", "--home", "{folder}")]
    [InlineData("name the rows by values or by --input, one of the two", "predict", "m", "--home", "{folder}")]
    [InlineData("name the rows by values or by --input, one of the two", "predict", "m", "x", "--input", "{folder}/rows.txt", "--home", "{folder}")]
    [InlineData("--column host is of a file of texts, and there is no file 'x'", "predict", "m", "x", "--column", "host", "--home", "{folder}")]
    [InlineData("--column host is of a file of texts, and there is no file among the values; --input reads by the model's columns", "predict", "m", "--input", "{folder}/rows.txt", "--column", "host", "--home", "{folder}")]
    [InlineData("--ignore delay is of a file, and there is none; leave the column out", "predict", "m", "x=1", "--ignore", "delay", "--home", "{folder}")]
    [InlineData("--blob or LIFECYCLE_BLOB", "log", "show", "m", "--blob", "DefaultEndpointsProtocol=http;AccountName=a", "--home", "{folder}")]
    [InlineData("--out: no scores can be written to", "score", "m", "--input", "{folder}/rows.txt", "--out", "{folder}/rows.txt", "--home", "{folder}")]
    [InlineData("--out: no scores can be written to", "score", "m", "--input", "{folder}/rows.txt", "--out", "{folder}/rows.txt/below", "--home", "{folder}")]
    [InlineData("--out: no scores can be written to", "score", "m", "--input", "{folder}/rows.txt", "--out", "/proc/x", "--home", "{folder}")]
    public async Task Option_ThatCannotBe_IsNamedAtOnce(string reason, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "one of the folders is /proc");
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "rows.txt"), "a.example\n");
        using Process command = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Lifecycle.Cli.dll"), .. arguments.Select(argument => argument.Replace("{folder}", folder.Path, StringComparison.Ordinal))])
        {
            RedirectStandardError = true,
        })!;

        string errors = await command.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await command.WaitForExitAsync().WaitAsync(Patience);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadInput, command.ExitCode);
        Assert.Equal(["rows.txt"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }
}
