using System.Diagnostics;
using Lifecycle.Cli.Homes;
using Lifecycle.Storage.Emulator;

namespace Lifecycle.EndToEnd.Tests.TemporalUi;

/// <summary>An installed Chromium, driven by infra/browser: opens one page and tells the text on it.</summary>
internal sealed class HeadlessChromium(string program, NpmInstallation driver)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Path of the program; null where there is none.</summary>
    public static string? FindProgram() => new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    /// <summary>Installs its driver.</summary>
    public static async Task<HeadlessChromium> OpenAsync(string program) => new(
        program, await NpmInstallation.EnsureAsync(Path.Combine(SourceTree.Find().Root, "infra", "browser"), SourceTree.PackageCache()));

    /// <summary>The page's text, once <paramref name="awaited"/> is on it; <paramref name="picture"/> keeps a picture.</summary>
    public async Task<string> ReadAsync(Uri page, string awaited, string? picture)
    {
        List<string> arguments =
        [
            Path.Combine(driver.DefinitionFolder, "look.mjs"), "--installation", driver.Folder, "--browser", program,
            "--url", page.AbsoluteUri, "--wait-for", awaited,
        ];
        arguments.AddRange(picture is null ? [] : ["--picture", picture]);
        using Process process = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using CancellationTokenSource limit = new(Limit);
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        string text = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{page} does not show '{awaited}': {await errors}");
    }
}
