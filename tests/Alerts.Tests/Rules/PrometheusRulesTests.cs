using System.Diagnostics;

namespace Lifecycle.Alerting.Tests.Rules;

/// <summary>The ready rules for Prometheus, checked by its own tool where that is found.</summary>
public sealed class PrometheusRulesTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "infra", "prometheus");

    [Theory]
    [InlineData("check", "lifecycle.rules.yml")]
    [InlineData("test", "lifecycle.rules.test.yml")]
    public async Task Rules_HeldByPromtool_AreRightAndFire(string verb, string file)
    {
        string? promtool = Find();
        Assert.SkipWhen(promtool is null, "promtool was not found; install Debian's package 'prometheus', or set PROMTOOL");
        ProcessStartInfo start = new(promtool!, [verb, "rules", Path.Combine(Folder, file)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, $"{await output}\n{errors}");
        Assert.Contains("SUCCESS", await output, StringComparison.Ordinal);
    }

    private static string? Find() => Environment.GetEnvironmentVariable("PROMTOOL") is { Length: > 0 } told
        ? told
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);
}
