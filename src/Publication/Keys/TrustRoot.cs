using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Publishing.Keys;

/// <summary>
/// Everything a verifier believes in before it reads a byte: the publisher's key, the enrolled release engineers, and how
/// many of them must have approved. It comes to the verifier by another way than the publications do. Format:
/// <c>enrolment.json</c>.
/// </summary>
public sealed record TrustRoot
{
    /// <summary>Public key of the publisher, SubjectPublicKeyInfo as PEM with a trailing line feed.</summary>
    public required string PublisherKeyPem { get; init; }

    /// <summary>Whether the publisher's key is a demo key, which every page and summary must say.</summary>
    public bool PublisherIsDemo { get; init; }

    /// <summary>Different engineers that must have approved a publication, whatever the worker asked for. Default 2.</summary>
    public int MinimumApprovals { get; init; } = 2;

    /// <summary>Longest validity of an Approval that counts. Default 72 hours.</summary>
    public TimeSpan MaximumDecisionAge { get; init; } = TimeSpan.FromHours(72);

    /// <summary>The enrolled release engineers.</summary>
    public Enrolment Enrolment { get; init; } = new();

    /// <summary>Whether any key in it is a demo key.</summary>
    public bool IsDemo => PublisherIsDemo || Enrolment.Engineers.Any(engineer => engineer.IsDemo);

    /// <summary>Holds the trust root against itself: names plain and different, keys readable, no key with two owners.</summary>
    /// <exception cref="InvalidKeyException">Something is wrong with it.</exception>
    public TrustRoot Validate()
    {
        Dictionary<string, string> owners = new() { [FingerprintOf("the publisher", PublisherKeyPem)] = "the publisher" };
        HashSet<string> ids = [];
        foreach (ReleaseEngineer engineer in Enrolment.Engineers)
        {
            if (!PlainName.IsValid(engineer.Id) || !ids.Add(engineer.Id))
            {
                throw new InvalidKeyException($"The engineer id {PlainName.Describe(engineer.Id)} is enrolled twice or is not plain lower-case ASCII.");
            }

            string fingerprint = FingerprintOf(engineer.Id, engineer.PublicKeyPem);
            if (!owners.TryAdd(fingerprint, engineer.Id))
            {
                throw new InvalidKeyException($"{engineer.Id} and {owners[fingerprint]} are enrolled with the same key {fingerprint}: every one needs a key of their own.");
            }
        }

        return MinimumApprovals >= 1
            ? this
            : throw new InvalidKeyException($"minimumApprovals is {MinimumApprovals}, expected at least 1.");
    }

    private static string FingerprintOf(string owner, string pem)
    {
        try
        {
            return VerificationKey.FromPem(pem).Fingerprint;
        }
        catch (InvalidKeyException defect)
        {
            throw new InvalidKeyException($"the key of {owner} is not usable. {defect.Message}", defect);
        }
    }
}
