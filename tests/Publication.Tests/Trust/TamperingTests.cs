using System.Collections.Immutable;
using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Tests.Fixtures;
using Lifecycle.Publishing.Trust;

namespace Lifecycle.Publishing.Tests.Trust;

/// <summary>What an attacker with the directory, and without the publisher's key, can try.</summary>
public sealed class TamperingTests(EmulatorFixture emulator)
{
    [Fact]
    public async Task Verify_Untouched_PassesWithALineForEveryFile()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string folder = await world.PublishToDirectoryAsync();

        VerificationReport report = world.Verifier.VerifyDirectory(folder);

        Assert.True(report.Passed, report.Refusal);
        Assert.Equal(world.Release.Digest, report.Release!.Digest);
        Assert.All(Directory.EnumerateFiles(folder), file => Assert.Contains(report.Checks, check => check.Name == Path.GetFileName(file)));
    }

    [Fact]
    public async Task Verify_OneBitFlippedInAnyFileAtManyPlaces_RefusesNamingFileAndDigests()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string folder = await world.PublishToDirectoryAsync();

        foreach (string file in Directory.EnumerateFiles(folder))
        {
            byte[] honest = await File.ReadAllBytesAsync(file);
            foreach (int place in Places(honest.Length))
            {
                byte[] flipped = [.. honest];
                flipped[place] ^= (byte)(1 << (place % 8));
                await File.WriteAllBytesAsync(file, flipped);

                VerificationReport report = world.Verifier.VerifyDirectory(folder);

                AssertRefused(report, Path.GetFileName(file), honest, flipped, place);
            }

            await File.WriteAllBytesAsync(file, honest);
        }

        Assert.True(world.Verifier.VerifyDirectory(folder).Passed);
    }

    [Fact]
    public async Task Judge_EveryCharacterOfTheSignatureChanged_IsRefused()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        PublicationContent honest = Content(await world.PublishToDirectoryAsync());
        Assert.True(PublicationTrust.Judge(honest, world.Root, ReleaseTeam.Now).Passed);

        for (int place = 0; place < honest.Signature!.Length; place++)
        {
            char[] changed = honest.Signature.ToCharArray();
            changed[place] ^= (char)1;

            VerificationReport report = PublicationTrust.Judge(honest with { Signature = new string(changed) }, world.Root, ReleaseTeam.Now);

            Assert.False(report.Passed, $"character {place} of {changed.Length} changed");
        }
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("release.json")]
    [InlineData("approval-alice.json")]
    [InlineData("model.sig")]
    public async Task Verify_FileMissing_RefusesNamingIt(string name)
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string folder = await world.PublishToDirectoryAsync();
        File.Delete(Path.Combine(folder, name));

        VerificationReport report = world.Verifier.VerifyDirectory(folder);

        Assert.False(report.Passed);
        Assert.Contains(report.Checks, check => check.Name == name && !check.Passed && check.Sentence.Contains("missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_ExtraFile_RefusesNamingIt()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string folder = await world.PublishToDirectoryAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "external.data"), "x");

        Assert.Contains("external.data: found sha256", world.Verifier.VerifyDirectory(folder).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_TwoFilesSwapped_RefusesNamingBoth()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        string folder = await world.PublishToDirectoryAsync();
        File.Move(Path.Combine(folder, "model.onnx"), Path.Combine(folder, "swap"));
        File.Move(Path.Combine(folder, "evaluation.json"), Path.Combine(folder, "model.onnx"));
        File.Move(Path.Combine(folder, "swap"), Path.Combine(folder, "evaluation.json"));

        VerificationReport report = world.Verifier.VerifyDirectory(folder);

        Assert.Contains(report.Checks, check => check is { Name: "model.onnx", Passed: false });
        Assert.Contains(report.Checks, check => check is { Name: "evaluation.json", Passed: false });
    }

    [Fact]
    public async Task Verify_SignedByAnotherKey_RefusesNamingBothKeysAndLooksNoFurther()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        using SigningKey mallory = SigningKey.Create("mallory");
        string folder = await world.PublishToDirectoryAsync();
        world.SignAgain(folder, mallory);

        VerificationReport report = world.Verifier.VerifyDirectory(folder);

        Assert.Single(report.Checks);
        Assert.Contains(mallory.PublicKey.Fingerprint, report.Refusal, StringComparison.Ordinal);
        Assert.Contains(world.Publisher.PublicKey.Fingerprint, report.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_FolderLinkOrHiddenFile_IsRefused()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        foreach (Action<string> strange in new Action<string>[]
        {
            folder => Directory.CreateDirectory(Path.Combine(folder, "sub")),
            folder => File.CreateSymbolicLink(Path.Combine(folder, "link"), "/etc/hostname"),
            folder => File.WriteAllText(Path.Combine(folder, ".hidden"), ""),
            folder => MakePipe(Path.Combine(folder, "pipe")),
            folder => ReplaceByPipe(Path.Combine(folder, "model.onnx")),
            folder => ReplaceByPipe(Path.Combine(folder, "model.sig")),
            folder => File.CreateSymbolicLink(Path.Combine(folder, "dangling"), "gone"),
            folder => File.CreateSymbolicLink(Path.Combine(folder, "circle"), "circle"),
            folder => File.CreateSymbolicLink(Path.Combine(folder, "zero"), "/dev/zero"),
        })
        {
            string folder = await world.PublishToDirectoryAsync();
            strange(folder);

            Assert.False(world.Verifier.VerifyDirectory(folder).Passed);
        }
    }

    private static void ReplaceByPipe(string path)
    {
        File.Delete(path);
        MakePipe(path);
    }

    private static void MakePipe(string path)
    {
        using System.Diagnostics.Process made = System.Diagnostics.Process.Start("mkfifo", [path]);
        made.WaitForExit();
    }

    [Fact]
    public async Task Verify_BlobOfAnotherRelease_IsRefused()
    {
        using PublishingWorld world = await PublishingWorld.MakeAsync(emulator);
        Publication publication = await world.PublishAsync();
        string elsewhere = $"publications/disposable-domain/{new string('0', 64)}";
        await foreach (string blob in world.Store.ListAsync(publication.Directory + "/"))
        {
            using MemoryStream content = new((await world.Store.ReadAsync(blob, 1 << 20))!.Content.ToArray());
            await world.Store.PutIfAbsentAsync(blob.Replace(publication.Directory, elsewhere, StringComparison.Ordinal), content, "text/plain");
        }

        Assert.True((await world.Verifier.VerifyBlobAsync(world.Store, $"{world.Store.Address}/{publication.Directory}")).Passed);
        Assert.Contains("directory: found the release of", (await world.Verifier.VerifyBlobAsync(world.Store, elsewhere)).Refusal, StringComparison.Ordinal);
    }

    private static PublicationContent Content(string folder) => new()
    {
        Location = folder,
        Digests = Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != ModelSignature.FileName)
            .ToImmutableSortedDictionary(file => Path.GetFileName(file), file => Sha256Digest.OfFile(file), StringComparer.Ordinal),
        Signature = File.ReadAllText(Path.Combine(folder, ModelSignature.FileName)),
        Release = File.ReadAllBytes(Path.Combine(folder, ReleaseManifests.FileName)),
        Approvals = Directory.EnumerateFiles(folder, "approval-*.json")
            .ToImmutableSortedDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal),
    };

    private static IEnumerable<int> Places(int length) =>
        Enumerable.Range(0, 16).Select(step => (int)((long)step * (length - 1) / 15)).Distinct();

    private static void AssertRefused(VerificationReport report, string name, byte[] honest, byte[] flipped, int place)
    {
        Assert.False(report.Passed, $"byte {place} of {name} flipped");
        VerificationCheck check = Assert.Single(report.Checks, check => !check.Passed);
        Assert.Equal(name, check.Name);
        if (name != ModelSignature.FileName)
        {
            Assert.Contains($"found sha256 {Sha256Digest.Of(flipped)}, expected sha256 {Sha256Digest.Of(honest)}", check.Sentence, StringComparison.Ordinal);
        }
    }
}
