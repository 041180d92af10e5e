using System.Diagnostics;
using Lifecycle.Cli.Failures;
using Lifecycle.EndToEnd.Tests.Services;

namespace Lifecycle.EndToEnd.Tests.Kills.Storms;

/// <summary>How a command line ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed as its result.</param>
/// <param name="Errors">What it printed beside.</param>
internal sealed record EndedVerb(int ExitCode, string Output, string Errors);

/// <summary>Command lines as a person in a storm types them: what was killed, or found nothing there, is typed again.</summary>
/// <param name="services">What they talk to.</param>
/// <param name="storm">What may kill them; null where nothing does.</param>
internal sealed class StormVerbs(SplitServices services, KillStorm? storm)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs a command line until it was neither killed nor told that something is away.</summary>
    /// <param name="arguments">The verb with its arguments; places are added.</param>
    public async Task<EndedVerb> InsistAsync(params string[] arguments)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            EndedVerb ended = await RunAsync(isVictim: true, arguments);
            if (ended.ExitCode is ExitCodes.Success or ExitCodes.Negative or ExitCodes.BadInput)
            {
                return ended;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < Limit, $"{string.Join(' ', arguments)} did not come to an end: {ended}\n{services.Output}");
        }
    }

    /// <summary>Starts a command line that follows something; it is not killed, and must end by itself.</summary>
    public Task<EndedVerb> FollowAsync(params string[] arguments) => RunAsync(isVictim: false, arguments);

    private async Task<EndedVerb> RunAsync(bool isVictim, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Lifecycle.Cli.dll"), .. arguments, .. services.Places])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        if (isVictim)
        {
            storm?.Offer(process);
        }

        try
        {
            using CancellationTokenSource limit = new(Limit);
            Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
            string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new EndedVerb(process.ExitCode, output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new InvalidOperationException($"'{string.Join(' ', arguments)}' had not ended after {Limit}\n{services.Output}");
        }
        finally
        {
            storm?.Withdraw(process);
        }
    }
}
