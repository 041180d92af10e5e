using Lifecycle.Publishing.Tests.Fixtures;

namespace Lifecycle.Publishing.Tests.Interop;

public sealed class ComposeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task ComposeFile_ComposeSpecification_Holds()
    {
        (int exitCode, string output) = await Tool.VerifierAsync("verify-compose.mjs", Compose);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task ComposeFile_MisspeltKey_IsNamed()
    {
        string misspelt = _folder["compose.yaml"];
        await File.WriteAllTextAsync(misspelt, (await File.ReadAllTextAsync(Compose)).Replace("depends_on", "dependson", StringComparison.Ordinal));

        (int exitCode, string output) = await Tool.VerifierAsync("verify-compose.mjs", misspelt);

        Assert.Equal(1, exitCode);
        Assert.Contains("/services/temporal", output, StringComparison.Ordinal);
        Assert.Contains("dependson", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ComposeFile_EveryBuildTargetAndFileCopied_Exists()
    {
        string containerfile = await File.ReadAllTextAsync(Checkout.Infra("Containerfile"));
        IEnumerable<string> targets = (await File.ReadAllLinesAsync(Compose))
            .Where(line => line.TrimStart().StartsWith("target:", StringComparison.Ordinal))
            .Select(line => line.Split(':')[1].Trim());

        Assert.All(targets, target => Assert.Contains($" AS {target}\n", containerfile, StringComparison.Ordinal));
        Assert.All(
            containerfile.Split(' ', '\n').Where(word => word.StartsWith("infra/", StringComparison.Ordinal) && !word.EndsWith("Containerfile", StringComparison.Ordinal)),
            file => Assert.True(File.Exists(Path.Combine(Checkout.Root, file)), file));
    }

    private static string Compose => Path.Combine(Checkout.Infra("compose"), "compose.yaml");

    public void Dispose() => _folder.Dispose();
}
