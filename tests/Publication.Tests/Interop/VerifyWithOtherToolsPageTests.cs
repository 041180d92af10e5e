using System.Text.RegularExpressions;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Tests.Fixtures;

namespace Lifecycle.Publishing.Tests.Interop;

/// <summary>Runs the commands of docs/how-to/verify-with-other-tools.md as they are printed, on a home laid out like the demo's.</summary>
public sealed partial class VerifyWithOtherToolsPageTests(EmulatorFixture emulator)
{
    [Fact]
    public async Task Commands_AsPrinted_VerifyAKeptHome()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string home = await LayOutHomeAsync(world);

        (int exitCode, string output) = await RunPageAsync(world, home);

        Assert.True(exitCode == 0, output);
        Assert.Equal(3, Verified().Count(output));
        Assert.Contains("9 files as signed", output, StringComparison.Ordinal);
        Assert.Contains("Verified OK", output, StringComparison.Ordinal);
        Assert.Contains($"\"releaseDigest\":\"{world.Release.Digest}\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_OneByteOfTheModelFlipped_Stop()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string home = await LayOutHomeAsync(world);
        string model = Path.Combine(home, "publications", "disposable-domain-2020-05", "model.onnx");
        byte[] bytes = await File.ReadAllBytesAsync(model);
        bytes[3] ^= 1;
        await File.WriteAllBytesAsync(model, bytes);

        (int exitCode, string output) = await RunPageAsync(world, home);

        Assert.Equal(1, exitCode);
        Assert.Contains("model.onnx: found", output, StringComparison.Ordinal);
    }

    private static async Task<string> LayOutHomeAsync(PublishingWorld world)
    {
        string home = world.Folder["home"];
        Directory.CreateDirectory(Path.Combine(home, "keys"));
        Directory.CreateDirectory(Path.Combine(home, "publications"));
        Directory.Move(await world.PublishToDirectoryAsync(), Path.Combine(home, "publications", "disposable-domain-2020-05"));
        foreach (SigningKey key in new[] { world.Publisher, world.Team["alice"], world.Team["bob"] })
        {
            await File.WriteAllTextAsync(Path.Combine(home, "keys", $"{key.Id}.pub.pem"), key.PublicKey.Pem);
        }

        return home;
    }

    private static async Task<(int ExitCode, string Output)> RunPageAsync(PublishingWorld world, string home)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs", "how-to", "verify-with-other-tools.md"));
        string script = world.Folder["commands.sh"];
        await File.WriteAllTextAsync(
            script,
            $"set -euo pipefail\ncd '{Checkout.Root}'\nexport LIFECYCLE_DEMO_HOME='{home}'\n"
            + string.Join('\n', ShellBlocks().Matches(page).Select(block => block.Groups["commands"].Value)));
        return await Tool.RunAsync("bash", script);
    }

    [GeneratedRegex("^```sh\n(?<commands>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ShellBlocks();

    [GeneratedRegex("verified with [0-9a-f]{64}")]
    private static partial Regex Verified();
}
