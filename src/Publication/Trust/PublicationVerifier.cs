using System.Collections.Immutable;
using System.Text;
using Lifecycle.Domain;
using Lifecycle.Domain.Files;
using Lifecycle.Domain.Names;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Trust;

/// <summary>
/// Reads a publication, from a directory or a store, and lets <see cref="PublicationTrust"/> judge it. A publication that
/// is not as it should be is a report that did not pass, never an exception.
/// </summary>
/// <param name="root">What is believed.</param>
/// <param name="clock">Gives the reference time, once for each verification.</param>
public sealed class PublicationVerifier(TrustRoot root, TimeProvider clock)
{
    /// <summary>Verifies a local directory.</summary>
    /// <param name="folder">The directory.</param>
    /// <param name="cancellation">Gives up, also within a file.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    public VerificationReport VerifyDirectory(string folder, CancellationToken cancellation = default)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DirectoryInfo directory = new(folder);
        if (!directory.Exists)
        {
            throw new DirectoryNotFoundException($"{folder} is no directory: give the directory that holds {ModelSignature.FileName}.");
        }

        FileSystemInfo[] entries = directory.GetFileSystemInfos();
        FileSystemInfo? stranger = entries.FirstOrDefault(entry => entry.LinkTarget is not null || FileFacts.Of(entry.FullName).Kind != FileKind.Regular || !BlobName.IsSegment(entry.Name));
        if (stranger is not null)
        {
            return Refuse(folder, stranger.Name, "expected only plain files with plain names: a publication is flat, without folders, links, pipes, devices or hidden files");
        }

        Dictionary<string, string> digests = [];
        Dictionary<string, byte[]> documents = [];
        foreach (FileInfo file in entries.Cast<FileInfo>())
        {
            if (!IsDocument(file.Name))
            {
                digests[file.Name] = Sha256Digest.OfFile(file.FullName, cancellation);
            }
            else if (file.Length > PublicationContent.MaximumDocumentBytes)
            {
                return Refuse(folder, file.Name, TooLarge);
            }
            else
            {
                documents[file.Name] = RegularFile.ReadBytes(file.FullName, PublicationContent.MaximumDocumentBytes, cancellation);
            }
        }

        return Judge(folder, directory: null, digests, documents, now);
    }

    /// <summary>Verifies a publication in a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="address">Its directory there, <c>publications/&lt;model&gt;/&lt;release digest&gt;</c>, or the full address of that.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task<VerificationReport> VerifyBlobAsync(IBlobStore store, string address, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string directory = BlobName.Require(DirectoryIn(store, address));
        Dictionary<string, string> digests = [];
        Dictionary<string, byte[]> documents = [];
        await foreach (string blob in store.ListAsync(directory + "/", cancellationToken))
        {
            string name = blob[(directory.Length + 1)..];
            try
            {
                if (IsDocument(name))
                {
                    StoredBlob? document = await store.ReadAsync(blob, PublicationContent.MaximumDocumentBytes, cancellationToken);
                    documents[name] = document?.Content.ToArray() ?? [];
                    continue;
                }
            }
            catch (BlobTooLargeException)
            {
                return Refuse(address, name, TooLarge);
            }

            using DigestStream digest = new();
            await store.CopyToAsync(blob, digest, cancellationToken);
            digests[name] = digest.Finish();
        }

        return Judge(address, directory, digests, documents, now);
    }

    private static string TooLarge => $"the file has more than {PublicationContent.MaximumDocumentBytes} bytes, which no such document needs";

    private static string DirectoryIn(IBlobStore store, string address) =>
        address.StartsWith(store.Address + "/", StringComparison.Ordinal) ? address[(store.Address.Length + 1)..].TrimEnd('/') : address.TrimEnd('/');

    private static bool IsDocument(string name) =>
        name is ModelSignature.FileName or ReleaseManifests.FileName or ReleaseFileNames.Request || ReleaseFileNames.IsApproval(name, out _);

    private VerificationReport Refuse(string location, string name, string sentence) => new()
    {
        Location = location,
        Checks = [new VerificationCheck(PlainName.Describe(name), false, sentence)],
        IsDemo = root.IsDemo,
    };

    private VerificationReport Judge(
        string location, string? directory, Dictionary<string, string> digests, Dictionary<string, byte[]> documents, DateTimeOffset now)
    {
        foreach ((string name, byte[] bytes) in documents.Where(document => document.Key != ModelSignature.FileName))
        {
            digests[name] = Sha256Digest.Of(bytes);
        }

        PublicationContent content = new()
        {
            Location = location,
            Directory = directory,
            Digests = digests.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Signature = documents.TryGetValue(ModelSignature.FileName, out byte[]? signature) ? Encoding.UTF8.GetString(signature) : null,
            Release = documents.GetValueOrDefault(ReleaseManifests.FileName, []),
            Request = documents.TryGetValue(ReleaseFileNames.Request, out byte[]? request) ? Encoding.UTF8.GetString(request) : null,
            Approvals = documents.Where(document => ReleaseFileNames.IsApproval(document.Key, out _))
                .ToImmutableSortedDictionary(document => document.Key, document => Encoding.UTF8.GetString(document.Value), StringComparer.Ordinal),
        };
        return PublicationTrust.Judge(content, root, now);
    }
}
