using System.Text.RegularExpressions;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Conformance.Tests.Refusals;

/// <summary>A call that both engines must refuse, in the same words.</summary>
public sealed record RefusedCall(string Name, Func<ITemporalClient, Task> CallAsync);

/// <summary>A refusal as clients see it, with drawn ids taken out of its words.</summary>
public sealed partial record Refusal(RpcException.StatusCode Code, string Message, string Detail)
{
    public static async Task<Refusal> OfAsync(RefusedCall call, ITemporalClient client)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => call.CallAsync(client));
        var details = refused.GrpcStatus.Value?.Details.Select(detail => detail.TypeUrl) ?? [];
        return new(refused.Code, Identifier().Replace(refused.Message, "<id>"), string.Join(' ', details));
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Identifier();
}
