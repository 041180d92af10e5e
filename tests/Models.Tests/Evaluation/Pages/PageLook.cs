using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Storage.Emulator;

namespace Lifecycle.Models.Tests.Evaluation.Pages;

/// <summary>What a browser shows of a page; infra/browser/measure.mjs measures it.</summary>
internal sealed record PageLook
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Pixels that the page is wider than the window.</summary>
    public required double Overflow { get; init; }

    /// <summary>Elements beyond the window's sides.</summary>
    public required ImmutableArray<string> SticksOut { get; init; }

    /// <summary>Texts with a contrast below 4.5 (WCAG 2.2, level AA).</summary>
    public required ImmutableArray<string> Faint { get; init; }

    /// <summary>Texts looked at.</summary>
    public required int Texts { get; init; }

    /// <summary>The pictures.</summary>
    public required ImmutableArray<PictureLook> Pictures { get; init; }

    /// <summary>Colours of the legends.</summary>
    public required ImmutableArray<string> Swatches { get; init; }

    /// <summary>Path of an installed Chromium; null where there is none.</summary>
    public static string? FindBrowser() => new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    /// <summary>Opens a page. <c>LIFECYCLE_PICTURES</c> names a folder, such as docs/images, that keeps a picture.</summary>
    public static async Task<PageLook> AtAsync(string browser, string html, string name, string scheme, int width)
    {
        string root = Checkout.Root;
        NpmInstallation driver = await NpmInstallation.EnsureAsync(Path.Combine(root, "infra", "browser"), Cache());
        string file = Path.Combine(Directory.CreateTempSubdirectory("page-").FullName, $"{name}.html");
        try
        {
            await File.WriteAllTextAsync(file, html);
            string output = await RunAsync(driver, browser, ["--url", new Uri(file).AbsoluteUri, "--scheme", scheme, "--width", $"{width}", .. Picture($"{name}-{scheme}-{width}.png")]);
            return JsonSerializer.Deserialize<PageLook>(output, DomainJson.Compact)!;
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static string[] Picture(string name) =>
        Environment.GetEnvironmentVariable("LIFECYCLE_PICTURES") is { } folder ? ["--picture", Path.Combine(folder, name)] : [];

    private static async Task<string> RunAsync(NpmInstallation driver, string browser, string[] arguments)
    {
        ProcessStartInfo start = new(
            "node", [Path.Combine(driver.DefinitionFolder, "measure.mjs"), "--installation", driver.Folder, "--browser", browser, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = new(Limit);
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"the page was not shown: {await errors}");
    }

    private static string Cache() => Environment.GetEnvironmentVariable("LIFECYCLE_CACHE")
        ?? Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "lifecycle");
}

/// <summary>One picture of a page.</summary>
/// <param name="Label">What it says it shows.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Outside">Shapes and words that leave its frame.</param>
/// <param name="Fills">Shapes with an area, by fill colour.</param>
internal sealed record PictureLook(string Label, double Width, double Height, int Outside, ImmutableDictionary<string, int> Fills);
