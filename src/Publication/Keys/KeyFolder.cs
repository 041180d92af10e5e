using Lifecycle.Domain.Files;
using Lifecycle.Domain.Names;

namespace Lifecycle.Publishing.Keys;

/// <summary>
/// Keys of one home: <c>keys/&lt;id&gt;.key.pem</c> (private, mode 0600), <c>keys/&lt;id&gt;.pub.pem</c>, and
/// <c>enrolment.json</c>, the trust root. An existing key is never overwritten.
/// </summary>
/// <param name="home">The home folder.</param>
public sealed partial class KeyFolder(string home)
{
    /// <summary>Id of the key that signs publications.</summary>
    public const string PublisherId = "publisher";

    private const int MaximumKeyBytes = 1 << 16;
    private const int MaximumEnrolmentBytes = 1 << 22;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    /// <summary>The folder with the PEM files.</summary>
    public string Folder { get; } = Path.Combine(home, "keys");

    /// <summary>The trust root's file.</summary>
    public string EnrolmentPath { get; } = Path.Combine(home, "enrolment.json");

    /// <summary>Where the private key of <paramref name="id"/> lies.</summary>
    public string PrivateKeyPath(string id) => Path.Combine(Folder, PlainName.Require(id, "key") + ".key.pem");

    /// <summary>Where the public key of <paramref name="id"/> lies.</summary>
    public string PublicKeyPath(string id) => Path.Combine(Folder, PlainName.Require(id, "key") + ".pub.pem");

    /// <summary>Makes a key and writes both files, the private one first: of two racing processes exactly one wins.</summary>
    /// <exception cref="InvalidKeyException">A key of that id exists.</exception>
    /// <exception cref="ArgumentException">The id is not allowed.</exception>
    public SigningKey Create(string id)
    {
        string path = PrivateKeyPath(id);
        Directory.CreateDirectory(Folder);
        if (File.Exists(path))
        {
            throw new InvalidKeyException($"{path} exists and is never overwritten: choose another id, or move the file away.");
        }

        SigningKey key = SigningKey.Create(id);
        try
        {
            DurableFiles.Local.Write(path, key.ToPem(), OwnerOnly, overwrite: false);
        }
        catch (IOException defect) when (File.Exists(path))
        {
            throw new InvalidKeyException($"{path} was made by another process just now and is not overwritten.", defect);
        }

        DurableFiles.Local.Write(PublicKeyPath(id), key.PublicKey.Pem, Readable);
        return key;
    }

    /// <summary>Reads a private key, and writes its public file if that is missing.</summary>
    /// <exception cref="InvalidKeyException">It is missing, readable by others, or not a P-256 private key.</exception>
    public SigningKey Open(string id)
    {
        string path = PrivateKeyPath(id);
        if (!File.Exists(path))
        {
            throw new InvalidKeyException($"{path} is missing: make the key with `lifecycle keys new {id}`, or say where it is.");
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new InvalidKeyException($"{path} can be read by others (mode {Convert.ToString((int)File.GetUnixFileMode(path), 8)}): run `chmod 600 {path}`.");
        }

        SigningKey key = Read(id, path);
        if (!File.Exists(PublicKeyPath(id)))
        {
            DurableFiles.Local.Write(PublicKeyPath(id), key.PublicKey.Pem, Readable);
        }

        return key;
    }

    /// <summary>Whether a private key of that id exists.</summary>
    public bool Has(string id) => File.Exists(PrivateKeyPath(id));

    private static SigningKey Read(string id, string path)
    {
        try
        {
            return SigningKey.FromPem(id, RegularFile.ReadText(path, MaximumKeyBytes));
        }
        catch (InvalidKeyException defect)
        {
            throw new InvalidKeyException($"{path} ({new FileInfo(path).Length} bytes): {defect.Message} Restore it from a backup.", defect);
        }
    }
}
