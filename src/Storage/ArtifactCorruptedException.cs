namespace Lifecycle.Storage;

/// <summary>An artifact is missing, or its bytes are not those its reference names. Permanent: a retry reads the same bytes.</summary>
public sealed class ArtifactCorruptedException(string uri, string found, string expected, string address) : Exception(
    $"The artifact {uri} in {address} is not what its reference says: found {found}, expected {expected}. Nothing was used of it; restore the store from its backup or run the stage that made it anew.");
