using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Keys;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Trust;

/// <summary>
/// The one way from a ReleaseChannel's entry, which nobody signed, to bytes that may be used: the Publication that it names is
/// verified, and what was signed is held against what the entry says and against what was asked for.
/// </summary>
/// <param name="store">Where channels and publications lie.</param>
/// <param name="root">What is believed.</param>
/// <param name="clock">Gives the reference time.</param>
public sealed class ChannelTrust(IBlobStore store, TrustRoot root, TimeProvider clock)
{
    /// <summary>The live version, verified as <see cref="ServableAsync"/> does; null when the channel is empty.</summary>
    /// <exception cref="UntrustedVersionException">What is there is not to be believed.</exception>
    public async Task<VerifiedVersion?> FindLiveAsync(string model, string channel, CancellationToken cancellationToken = default) =>
        await new ReleaseChannels(store).ReadAsync(model, channel, cancellationToken) is { } pointer
            ? await ServableAsync(pointer, cancellationToken)
            : null;

    /// <summary>A version that may be served: signed by the publisher, whole, and approved by enough of those who are enrolled now.</summary>
    /// <exception cref="UntrustedVersionException">It is not to be believed, or not to be served.</exception>
    public Task<VerifiedVersion> ServableAsync(ChannelEntry entry, CancellationToken cancellationToken = default) =>
        VerifyAsync(entry, report => report.Passed ? report.Signed : null, cancellationToken);

    /// <summary>
    /// A version that may be measured: signed by the publisher, and whole. Who approved it is not asked: a Champion stays the measure
    /// for its successor also after one of its approvers has left.
    /// </summary>
    /// <exception cref="UntrustedVersionException">It is not to be believed.</exception>
    public Task<VerifiedVersion> MeasurableAsync(ChannelEntry entry, CancellationToken cancellationToken = default) =>
        VerifyAsync(entry, report => report.Signed, cancellationToken);

    private async Task<VerifiedVersion> VerifyAsync(
        ChannelEntry entry, Func<VerificationReport, SignedRelease?> proven, CancellationToken cancellationToken)
    {
        if (!BlobName.IsValid(entry.Publication.Directory))
        {
            throw new UntrustedVersionException(entry, $"its publication lies at {PlainName.Describe(entry.Publication.Directory)}, which is no name in a store");
        }

        VerificationReport report = await new PublicationVerifier(root, clock).VerifyBlobAsync(store, entry.Publication.Directory, cancellationToken);
        SignedRelease signed = proven(report) ?? throw new UntrustedVersionException(entry, report.Refusal);
        return VersionClaims.Objection(entry, signed) is { } objection
            ? throw new UntrustedVersionException(entry, objection)
            : new VerifiedVersion(store, entry with { Publication = signed.Publication }, signed.Release);
    }
}

/// <summary>A version of a ReleaseChannel is not what it says, or must not be used. A retry reads the same.</summary>
/// <param name="entry">The version.</param>
/// <param name="reason">What was found, and what was expected.</param>
public sealed class UntrustedVersionException(ChannelEntry entry, string reason) : Exception(
    $"version {entry.Version} of {PlainName.Describe(entry.Channel)} for {PlainName.Describe(entry.Model)} does not verify: {reason}")
{
    /// <summary>What was found, and what was expected.</summary>
    public string Reason { get; } = reason;
}
