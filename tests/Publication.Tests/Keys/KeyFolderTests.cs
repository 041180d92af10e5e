using System.Runtime.Versioning;
using System.Security.Cryptography;
using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Tests.Fixtures;

namespace Lifecycle.Publishing.Tests.Keys;

public sealed class KeyFolderTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly KeyFolder _keys;

    public KeyFolderTests() => _keys = new KeyFolder(_home.Path);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Create_NewKey_IsPrivateToItsOwnerAndOpensAgain()
    {
        using SigningKey created = _keys.Create("alice");
        using SigningKey opened = _keys.Open("alice");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_keys.PrivateKeyPath("alice")));
        Assert.True(created.PublicKey.Verifies("data"u8, opened.Sign("data"u8)));
        Assert.Equal(2, Directory.EnumerateFiles(_keys.Folder).Count());
    }

    [Fact]
    public void Fingerprint_PublicFile_IsWhatSha256sumPrints()
    {
        using SigningKey key = _keys.Create("alice");

        Assert.Equal(Sha256Digest.OfFile(_keys.PublicKeyPath("alice")), key.PublicKey.Fingerprint);
        Assert.EndsWith("-----\n", File.ReadAllText(_keys.PublicKeyPath("alice")), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ExistingKey_IsRefusedAndTheFileStays()
    {
        _keys.Create("alice").Dispose();
        string before = File.ReadAllText(_keys.PrivateKeyPath("alice"));

        Assert.Throws<InvalidKeyException>(() => _keys.Create("alice"));

        Assert.Equal(before, File.ReadAllText(_keys.PrivateKeyPath("alice")));
    }

    [Theory]
    [InlineData("../alice")]
    [InlineData("Alice")]
    [InlineData("\u0430lice")]
    [InlineData("")]
    public void Create_NameNotPlain_IsRefused(string id) => Assert.Throws<ArgumentException>(() => _keys.Create(id));

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Open_ReadableByOthers_IsRefusedWithTheCommandThatMendsIt()
    {
        _keys.Create("alice").Dispose();
        File.SetUnixFileMode(_keys.PrivateKeyPath("alice"), UnixFileMode.UserRead | UnixFileMode.GroupRead);

        InvalidKeyException refusal = Assert.Throws<InvalidKeyException>(() => _keys.Open("alice"));

        Assert.Contains("chmod 600", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Missing_NamesTheFile() => Assert.Contains(
        _keys.PrivateKeyPath("bob"), Assert.Throws<InvalidKeyException>(() => _keys.Open("bob")).Message, StringComparison.Ordinal);

    [Fact]
    public void FromPem_PublicInsteadOfPrivateAndTheReverse_AreRefused()
    {
        using SigningKey key = SigningKey.Create("alice");
        using ECDsa raw = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Throws<InvalidKeyException>(() => SigningKey.FromPem("alice", key.PublicKey.Pem));
        Assert.Throws<InvalidKeyException>(() => VerificationKey.FromPem(raw.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void FromPem_OtherCurve_IsRefusedNamingIt()
    {
        using ECDsa p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        InvalidKeyException refusal = Assert.Throws<InvalidKeyException>(() => VerificationKey.FromPem(p384.ExportSubjectPublicKeyInfoPem()));

        Assert.Contains("P384", refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void FromPem_SameKeyWithOtherLineBreaks_HasTheSameFingerprint()
    {
        using SigningKey key = SigningKey.Create("alice");
        string windows = key.PublicKey.Pem.Replace("\n", "\r\n", StringComparison.Ordinal);

        Assert.Equal(key.PublicKey.Fingerprint, VerificationKey.FromPem(windows).Fingerprint);
    }

    [Fact]
    public void EnsureDemo_Twice_MarksEveryoneAndChangesNothing()
    {
        TrustRoot first = _keys.EnsureDemo("bob", "alice");
        TrustRoot second = _keys.EnsureDemo("bob", "alice");

        Assert.Equal(["alice", "bob"], first.Enrolment.Engineers.Select(engineer => engineer.Id));
        Assert.All(first.Enrolment.Engineers, engineer => Assert.True(engineer.IsDemo));
        Assert.True(first.PublisherIsDemo);
        Assert.Equal(first.PublisherKeyPem, second.PublisherKeyPem);
        Assert.Equal(first.Enrolment.Engineers, second.Enrolment.Engineers);
    }

    [Fact]
    public void Enrol_EmptyHome_MakesThePublisherAndKeepsItForTheNext()
    {
        using SigningKey ada = _keys.Create("ada");
        using SigningKey ben = _keys.Create("ben");

        TrustRoot first = _keys.Enrol("ada", ada.PublicKey);
        TrustRoot second = _keys.Enrol("ben", ben.PublicKey);

        Assert.Equal(first.PublisherKeyPem, second.PublisherKeyPem);
        Assert.Equal(["ada", "ben"], second.Enrolment.Engineers.Select(engineer => engineer.Id));
        Assert.False(second.IsDemo);
        Assert.Throws<InvalidKeyException>(() => _keys.Enrol("ada", SigningKey.Create("ada").PublicKey));
    }

    [Fact]
    public void WriteTrustRoot_OneKeyUnderTwoIds_IsRefusedNamingBoth()
    {
        TrustRoot demo = _keys.EnsureDemo("alice");
        ReleaseEngineer twin = demo.Enrolment.Engineers[0] with { Id = "alice2" };

        InvalidKeyException refusal = Assert.Throws<InvalidKeyException>(
            () => _keys.WriteTrustRoot(demo with { Enrolment = new() { Engineers = [.. demo.Enrolment.Engineers, twin] } }));

        Assert.Contains("alice2 and alice", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadTrustRoot_Malformed_NamesTheFileAndTheLine()
    {
        File.WriteAllText(_keys.EnrolmentPath, "{\n  \"publisherKeyPem\": 3\n}");

        InvalidKeyException refusal = Assert.Throws<InvalidKeyException>(_keys.ReadTrustRoot);

        Assert.Contains(_keys.EnrolmentPath, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("LineNumber: 1", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();
}
