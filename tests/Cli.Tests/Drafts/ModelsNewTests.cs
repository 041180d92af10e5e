using System.Diagnostics;
using System.Text.Json;
using Lifecycle.Cli.Failures;

namespace Lifecycle.Cli.Tests.Drafts;

/// <summary><c>lifecycle models new</c> leaves a model that <c>lifecycle models</c> takes, or nothing.</summary>
public sealed class ModelsNewTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder folder = new();

    public ModelsNewTests()
    {
        Directory.CreateDirectory(At("models/taken"));
        File.WriteAllText(At("rows.csv"), "flight_id,when,Distance [mi],delay\n" + string.Concat(Enumerable.Range(1, 28).Select(day => $"F{day},2001-02-{day:00},{day}.5,{day % 9}\n")));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Draft_OfAFile_IsAModelThatPassesAsItIs()
    {
        (int exit, string output, string errors) = await RunAsync("models", "new", "toy", "--from", "{folder}/rows.csv", "--label", "delay", "--models", "{folder}/models", "--json");
        Assert.True(exit == ExitCodes.Success, errors);
        using JsonDocument row = JsonDocument.Parse(output);
        Assert.Equal("toy", row.RootElement.GetProperty("name").GetString());
        Assert.Contains(row.RootElement.GetProperty("decisions").EnumerateArray(), decision => decision.GetString()!.StartsWith("'Distance [mi]' is distance_mi: ", StringComparison.Ordinal));
        Assert.Equal(["model.yaml", "rows.csv", "snapshot.sql"], Directory.EnumerateFiles(At("models/toy")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(await File.ReadAllTextAsync(At("rows.csv")), await File.ReadAllTextAsync(At("models/toy/rows.csv")));

        (exit, output, errors) = await RunAsync("models", "--models", "{folder}/models");
        Assert.True(exit == ExitCodes.Success, output + errors);
        Assert.Contains("toy", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is there already; choose another name", "taken", "{folder}/rows.csv", "delay")]
    [InlineData("The model name \"../toy\" is not allowed", "../toy", "{folder}/rows.csv", "delay")]
    [InlineData("none.csv is missing", "toy", "{folder}/none.csv", "delay")]
    [InlineData("rows.csv: the file has no column 'dealy'; did you mean 'delay'?", "toy", "{folder}/rows.csv", "dealy")]
    public async Task Draft_ThatCannotBe_LeavesNothing(string reason, string name, string from, string label)
    {
        (int exit, _, string errors) = await RunAsync("models", "new", name, "--from", from, "--label", label, "--models", "{folder}/models");
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadInput, exit);
        Assert.Equal(["taken"], Directory.EnumerateFileSystemEntries(At("models")).Select(Path.GetFileName));
        Assert.Empty(Directory.EnumerateFileSystemEntries(At("models/taken")));
    }

    private async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using Process command = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Lifecycle.Cli.dll"), .. arguments.Select(argument => argument.Replace("{folder}", folder.Path, StringComparison.Ordinal))])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = command.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = command.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await command.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return (command.ExitCode, await output, await errors);
    }

    private string At(string path) => Path.Combine(folder.Path, path);
}
