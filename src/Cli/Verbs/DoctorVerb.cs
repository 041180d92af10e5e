using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Connections;
using Lifecycle.Client.Homes;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle doctor</c>: is everything there that the product needs?</summary>
public static partial class DoctorVerb
{
    private const long MinimumFreeBytes = 2L << 30;
    private const int MinimumNodeMajor = 20;

    /// <summary>One thing that was looked at.</summary>
    /// <param name="Name">What.</param>
    /// <param name="Passed">Whether it will do.</param>
    /// <param name="Required">Whether the product works without it.</param>
    /// <param name="Found">What was found, and what to do if it will not do.</param>
    public sealed record Check(string Name, bool Passed, bool Required, string Found);

    /// <summary>The command.</summary>
    public static Command Create() => Verb.Create(
        "doctor", "Check that everything the product needs is there; exit 3 when something required is missing", "doctor", "doctor --json")
        .Does([], async (parsed, output, cancellation) =>
        {
            HomeFolder home = GlobalOptions.HomeOf(parsed);
            ImmutableArray<Check> checks = [.. await CheckProgramsAsync(cancellation), CheckDisk(home), .. CheckHome(home), CheckServices(home), .. await CheckRecordsAsync(home, GlobalOptions.ConnectionOf(parsed), cancellation)];
            output.Result(checks, console => Draw(console, checks));
            return checks.All(check => check.Passed || !check.Required) ? ExitCodes.Success : ExitCodes.Unavailable;
        });

    /// <summary>The programs that the product starts.</summary>
    public static async Task<ImmutableArray<Check>> CheckProgramsAsync(CancellationToken cancellation)
    {
        string? node = await VersionAsync("node", cancellation);
        bool isNodeNew = node is not null && int.TryParse(node.TrimStart('v').Split('.')[0], out int major) && major >= MinimumNodeMajor;
        string? npm = await VersionAsync("npm", cancellation);
        return
        [
            new("node", isNodeNew, Required: true, node ?? $"not on PATH; install Node.js {MinimumNodeMajor} or newer"),
            new("npm", npm is not null, Required: true, npm ?? "not on PATH; it comes with Node.js"),
            CheckTemporal(),
        ];
    }

    private static Check CheckTemporal()
    {
        try
        {
            string? program = OfficialDevServer.FindProgram();
            return new("temporal", program is not null, Required: false, program ?? "not found; only --engine temporal needs it, and downloads it then");
        }
        catch (CommandException wrong)
        {
            return new("temporal", Passed: false, Required: false, wrong.Message);
        }
    }

    private static Check CheckDisk(HomeFolder home)
    {
        DirectoryInfo? folder = new(home.Root);
        while (folder is { Exists: false })
        {
            folder = folder.Parent;
        }

        long free = new DriveInfo(folder?.FullName ?? Path.GetPathRoot(home.Root)!).AvailableFreeSpace;
        return new("disk", free >= MinimumFreeBytes, Required: true, $"{free >> 20} MiB free at {folder?.FullName}, {MinimumFreeBytes >> 20} wanted");
    }

    private static Check CheckServices(HomeFolder home) => ServicesFile.Read(home) is { } services
        ? new("services", Passed: true, Required: false, $"up in {home.Root}: engine {services.Engine}, pid {services.ProcessId}")
        : new("services", Passed: false, Required: false, $"nothing runs in {home.Root}; start with 'lifecycle up'");

    private static async Task<ImmutableArray<Check>> CheckRecordsAsync(HomeFolder home, Connection connection, CancellationToken cancellation) =>
        ServicesFile.Read(home) is null ? [] : await SetAsideRecords.CheckAsync(await connection.ConnectAsync(cancellation), cancellation);

    private static async Task<string?> VersionAsync(string program, CancellationToken cancellation)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string version = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? version.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static void Draw(IAnsiConsole console, ImmutableArray<Check> checks)
    {
        Table table = Texts.Table("check", "", "found");
        foreach (Check check in checks)
        {
            table.AddRow(new Text(check.Name), new Text(check.Passed ? "ok" : check.Required ? "MISSING" : "-"), new Text(check.Found));
        }

        console.Write(table);
    }
}
