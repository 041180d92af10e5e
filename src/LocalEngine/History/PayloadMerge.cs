using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>Upserts of memo and search attributes: a null or an empty list removes the entry, anything else replaces it.</summary>
internal static class PayloadMerge
{
    public static void Into(MapField<string, Payload> target, MapField<string, Payload> changes)
    {
        foreach (var (name, payload) in changes)
        {
            if (IsRemoval(payload))
            {
                target.Remove(name);
            }
            else
            {
                target[name] = payload;
            }
        }
    }

    private static bool IsRemoval(Payload payload) => payload.Metadata.TryGetValue("encoding", out var encoding) && encoding.ToStringUtf8() switch
    {
        "binary/null" => true,
        "json/plain" => payload.Data.ToStringUtf8() is "null" or "[]",
        _ => false,
    };
}
