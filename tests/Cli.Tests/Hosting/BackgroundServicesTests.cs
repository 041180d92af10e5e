using System.Diagnostics;
using System.Text.Json;
using Lifecycle.Cli.Failures;
using Lifecycle.Client.Homes;

namespace Lifecycle.Cli.Tests.Hosting;

/// <summary><c>up</c>, another verb, and <c>down</c>, each in a process of its own, as a person runs them.</summary>
public sealed class BackgroundServicesTests
{
    [Fact]
    public async Task Up_ThenOtherVerbs_FindTheServicesUntilDownStopsThem()
    {
        using TemporaryFolder folder = new();
        string home = Path.Combine(folder.Path, "home");

        (int up, string announced) = await RunAsync("up", "--home", home, "--json");
        (int runs, string listed) = await RunAsync("runs", "--home", home, "--json");
        ServicesFile? services = ServicesFile.Read(new HomeFolder(home));
        (int down, _) = await RunAsync("down", "--home", home);

        Assert.Equal((ExitCodes.Success, ExitCodes.Success, ExitCodes.Success), (up, runs, down));
        Assert.Equal(services!.Engine, JsonDocument.Parse(announced).RootElement.GetProperty("engine").GetString());
        Assert.Equal("[]", listed.Trim());
        Assert.Null(services.FindProcess());
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("retrain")]
    [InlineData("up", "--port", "99999")]
    [InlineData("models", "--models", "no-such-folder")]
    [InlineData("verify", "no-such-folder")]
    public async Task Verb_UsedWrongly_EndsWithOneErrorAndItsCode(params string[] arguments)
    {
        using TemporaryFolder folder = new();
        (int code, string output) = await RunAsync([.. arguments, "--home", folder.Path]);
        Assert.Equal((ExitCodes.BadInput, ""), (code, output));
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Lifecycle.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        _ = await errors;
        return (process.ExitCode, output);
    }
}
