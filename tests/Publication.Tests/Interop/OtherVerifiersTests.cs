using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Tests.Fixtures;

namespace Lifecycle.Publishing.Tests.Interop;

/// <summary>Verifies publications with programs that share no code with ours.</summary>
public sealed class OtherVerifiersTests(EmulatorFixture emulator)
{
    [Fact]
    public async Task Sigstore_PublisherAndEngineers_VerifyWithTheirKeysOnly()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string folder = await world.PublishToDirectoryAsync();
        string publisher = KeyFile(world, world.Publisher);
        string alice = KeyFile(world, world.Team["alice"]);
        string signature = Path.Combine(folder, "model.sig");
        string approval = Path.Combine(folder, "approval-alice.json");

        (int accepted, string output) = await Tool.VerifierAsync("verify-bundle.mjs", publisher, signature);
        Assert.True(accepted == 0, output);
        Assert.Contains($"verified with {world.Publisher.PublicKey.Fingerprint}", output, StringComparison.Ordinal);
        Assert.Equal(0, (await Tool.VerifierAsync("verify-bundle.mjs", alice, approval)).ExitCode);
        Assert.Equal(1, (await Tool.VerifierAsync("verify-bundle.mjs", alice, signature)).ExitCode);
    }

    [Fact]
    public async Task Sigstore_PayloadChanged_Refuses()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string folder = await world.PublishToDirectoryAsync();
        string signature = Path.Combine(folder, "model.sig");
        string text = await File.ReadAllTextAsync(signature);
        int place = text.IndexOf("\"payload\":\"", StringComparison.Ordinal) + 100;
        await File.WriteAllTextAsync(signature, text[..place] + (text[place] == 'A' ? 'B' : 'A') + text[(place + 1)..]);

        (int exitCode, string output) = await Tool.VerifierAsync("verify-bundle.mjs", KeyFile(world, world.Publisher), signature);

        Assert.Equal(1, exitCode);
        Assert.Contains("REFUSED: signature verification failed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelSigning_RecomputedByNode_AgreesAndNamesAFlippedFile()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string folder = await world.PublishToDirectoryAsync();

        (int exitCode, string output) = await Tool.VerifierAsync("verify-files.mjs", folder);
        Assert.True(exitCode == 0, output);
        Assert.Contains("9 files as signed", output, StringComparison.Ordinal);

        await File.AppendAllTextAsync(Path.Combine(folder, "model.onnx"), "x");
        Assert.Contains("model.onnx: found", (await Tool.VerifierAsync("verify-files.mjs", folder)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.sig", "publisher")]
    [InlineData("approval-bob.json", "bob")]
    public async Task OpenSsl_PreAuthenticationEncoding_VerifiesAndRefusesOtherBytes(string file, string signer)
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string folder = await world.PublishToDirectoryAsync();
        string key = KeyFile(world, signer == KeyFolder.PublisherId ? world.Publisher : world.Team[signer]);
        string signedBytes = world.Folder["pae"];
        string signature = world.Folder["sig"];
        await Tool.VerifierAsync("pae.mjs", Path.Combine(folder, file), signedBytes, signature);
        string[] command = ["dgst", "-sha256", "-verify", key, "-signature", signature, signedBytes];

        (int exitCode, string output) = await Tool.RunAsync("openssl", command);
        Assert.True(exitCode == 0, output);
        Assert.Contains("Verified OK", output, StringComparison.Ordinal);

        await File.AppendAllTextAsync(signedBytes, " ");
        Assert.Equal(1, (await Tool.RunAsync("openssl", command)).ExitCode);
    }

    private static string KeyFile(PublishingWorld world, SigningKey key)
    {
        string path = world.Folder[$"{key.Id}.pub.pem"];
        File.WriteAllText(path, key.PublicKey.Pem);
        return path;
    }
}
