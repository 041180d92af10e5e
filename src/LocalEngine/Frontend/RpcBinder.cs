using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>
/// Binds a class to a service of the protocol: every method of the service for which the class has a public
/// <c>Task&lt;TResponse&gt; NameAsync(TRequest, ServerCallContext)</c>. Several classes may share a service; what none of them
/// has is answered with UNIMPLEMENTED.
/// </summary>
internal sealed class RpcBinder<TRpcs>(ServiceDescriptor service) : IServiceMethodProvider<TRpcs>
    where TRpcs : class
{
    private static readonly MethodInfo BindMethod = typeof(RpcBinder<TRpcs>).GetMethod(nameof(Bind), BindingFlags.NonPublic | BindingFlags.Instance)!;

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TRpcs> context)
    {
        foreach (var method in service.Methods)
        {
            if (typeof(TRpcs).GetMethod(method.Name + "Async") is { } implementation)
            {
                BindMethod.MakeGenericMethod(method.InputType.ClrType, method.OutputType.ClrType).Invoke(this, [context, method.Name, implementation]);
            }
        }
    }

    private void Bind<TRequest, TResponse>(ServiceMethodProviderContext<TRpcs> context, string name, MethodInfo implementation)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var handler = implementation.CreateDelegate<UnaryServerMethod<TRpcs, TRequest, TResponse>>();
        var method = new Method<TRequest, TResponse>(MethodType.Unary, service.FullName, name, MarshallerOf<TRequest>(), MarshallerOf<TResponse>());
        context.AddUnaryMethod(method, [], async (rpcs, request, call) =>
        {
            try
            {
                ProtocolTimes.Normalize(request);
                return await handler(rpcs, request, call);
            }
            catch (Exception failure) when (failure is not RpcException)
            {
                throw Failures.ToStatus(failure);
            }
        });
    }

    private static Marshaller<T> MarshallerOf<T>()
        where T : class, IMessage<T>, new() => new(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context =>
            {
                var message = new T();
                message.MergeFrom(context.PayloadAsReadOnlySequence());
                return message;
            });
}
