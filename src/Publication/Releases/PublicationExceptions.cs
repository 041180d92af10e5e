namespace Lifecycle.Publishing.Releases;

/// <summary>The release may not be published: its decisions do not, or no longer, let it out. Permanent.</summary>
public sealed class ReleaseNotApprovedException(string release, string reason) : Exception(
    $"Release {release} is not approved at the moment of publication: {reason}. Nothing was published.");

/// <summary>A Publication of the same release exists with other bytes, or does not verify. Permanent: publications are immutable.</summary>
public sealed class PublicationConflictException(string directory, string reason, Exception? cause = null) : Exception(
    $"{directory} cannot be published: {reason} Publications never change; look at the directory, and start the run anew.", cause);
