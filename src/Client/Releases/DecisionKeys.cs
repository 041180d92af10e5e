using Lifecycle.Client.Homes;
using Lifecycle.Domain.Files;
using Lifecycle.Publishing.Keys;

namespace Lifecycle.Client.Releases;

/// <summary>Finds the private key that an engineer signs with.</summary>
public static class DecisionKeys
{
    private const int MaximumKeyBytes = 1 << 16;

    /// <summary>Opens <paramref name="file"/>, or the engineer's key in the home.</summary>
    public static SigningKey Open(HomeFolder home, string engineer, FileInfo? file)
    {
        try
        {
            return file is null ? new KeyFolder(home.Root).Open(engineer) : SigningKey.FromPem(engineer, RegularFile.ReadText(file.FullName, MaximumKeyBytes));
        }
        catch (Exception failure) when (failure is InvalidKeyException or ArgumentException or IOException)
        {
            throw new ClientException(ClientFailure.BadInput, failure.Message, failure);
        }
    }
}
