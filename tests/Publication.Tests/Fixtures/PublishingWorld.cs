using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Releases;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Trust;
using Lifecycle.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Lifecycle.Publishing.Tests.Fixtures;

/// <summary>A store, a publisher, three engineers and an assembled release that two of them approved.</summary>
internal sealed class PublishingWorld : IDisposable
{
    private PublishingWorld(AzureBlobStore store)
    {
        Store = store;
        Artifacts = new ArtifactStore(store, Folder["cache"]);
        Root = new TrustRoot { PublisherKeyPem = Publisher.PublicKey.Pem, Enrolment = Team.Enrolment }.Validate();
    }

    public TemporaryFolder Folder { get; } = new();

    public ReleaseTeam Team { get; } = new();

    public SigningKey Publisher { get; } = SigningKey.Create(KeyFolder.PublisherId);

    public FakeTimeProvider Clock { get; } = new(ReleaseTeam.Now);

    public AzureBlobStore Store { get; }

    public ArtifactStore Artifacts { get; }

    public TrustRoot Root { get; }

    public ReleaseFacts Facts { get; private set; } = null!;

    public ReleaseManifest Release { get; private set; } = null!;

    public PublicationRequest Request { get; private set; } = null!;

    public PublicationVerifier Verifier => new(Root, Clock);

    public static async Task<PublishingWorld> MakeAsync(EmulatorFixture emulator) =>
        await MakeAsync(await emulator.NewStoreAsync());

    public static async Task<PublishingWorld> MakeAsync(AzureBlobStore store)
    {
        PublishingWorld world = new(store);
        world.Facts = await SampleFacts.MakeAsync(world.Artifacts, world.Team.Enrolment);
        world.Release = await new ReleaseAssembler(world.Artifacts).AssembleAsync(world.Facts);
        world.Request = world.ApprovedBy("alice", "bob");
        return world;
    }

    public PublicationRequest ApprovedBy(params string[] engineers) =>
        new(Release, Team.Policy, [.. engineers.Select(engineer => Team.Accepted(engineer, Release))]);

    public PublicationPublisher PublisherOver(IBlobStore store) => new(store, Artifacts, Publisher, Root, Clock);

    public Task<Publication> PublishAsync() => PublisherOver(Store).PublishAsync(Request);

    /// <summary>Publishes and copies the publication into a directory.</summary>
    public async Task<string> PublishToDirectoryAsync()
    {
        Publication publication = await PublishAsync();
        string folder = Folder[$"copy-{Path.GetRandomFileName()}"];
        await PublicationCopy.ToDirectoryAsync(Store, publication.Directory, folder);
        return folder;
    }

    /// <summary>Signs whatever lies in a directory as the publisher would, to test what the signature alone does not stop.</summary>
    public void SignAgain(string folder, SigningKey? key = null)
    {
        string signature = Path.Combine(folder, ModelSignature.FileName);
        File.Delete(signature);
        IEnumerable<KeyValuePair<string, string>> digests =
            Directory.EnumerateFiles(folder).Select(file => KeyValuePair.Create(Path.GetFileName(file), Domain.Sha256Digest.OfFile(file)));
        byte[] statement = ModelSignature.Make(Release.Model, digests).ToBytes();
        File.WriteAllText(signature, Publishing.Envelopes.SigstoreBundle.Sign(statement, key ?? Publisher).ToJson());
    }

    public void Dispose()
    {
        Publisher.Dispose();
        Team.Dispose();
        Folder.Dispose();
    }
}
