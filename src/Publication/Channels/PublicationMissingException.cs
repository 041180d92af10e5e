using Lifecycle.Publishing.Statements;

namespace Lifecycle.Publishing.Channels;

/// <summary>A ReleaseChannel was asked to point to a Publication that does not exist. A retry cannot mend it.</summary>
public sealed class PublicationMissingException(string directory, string address) : Exception(
    $"{directory} in {address} is no publication: it has no {ModelSignature.FileName}. A channel never points to nothing: publish first.");
