using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>
/// The standard health check. Its messages are two bytes: field 1 (status) with the value SERVING; the request, which
/// names a service, is not looked at.
/// </summary>
internal sealed class HealthRpcs : IServiceMethodProvider<HealthRpcs>
{
    private static readonly byte[] Serving = [0x08, 0x01];
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<HealthRpcs> context)
    {
        var check = new Method<byte[], byte[]>(MethodType.Unary, "grpc.health.v1.Health", "Check", Bytes, Bytes);
        context.AddUnaryMethod(check, [], (_, _, _) => Task.FromResult(Serving));
    }
}
