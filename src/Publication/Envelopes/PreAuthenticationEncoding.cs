using System.Text;

namespace Lifecycle.Publishing.Envelopes;

/// <summary>
/// The bytes that a DSSE signature is over: payload type and payload, each with its length, so that neither can be taken
/// for the other. Source: DSSE protocol v1, <c>PAE(type, body)</c>.
/// </summary>
public static class PreAuthenticationEncoding
{
    /// <summary><c>DSSEv1 LEN(type) type LEN(body) body</c>, lengths in bytes as decimal text, parted by single spaces.</summary>
    public static byte[] Of(string payloadType, ReadOnlySpan<byte> payload)
    {
        byte[] head = Encoding.UTF8.GetBytes(
            $"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} ");
        return [.. head, .. payload];
    }
}
