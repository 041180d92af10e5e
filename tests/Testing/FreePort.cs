using System.Net;
using System.Net.Sockets;

namespace Lifecycle.Testing;

/// <summary>Ports for servers that want to be told theirs: below those that the system hands out by itself, so that nobody takes one by chance.</summary>
public static class FreePort
{
    /// <summary>A port of loopback that nobody listens on.</summary>
    public static int Next()
    {
        while (true)
        {
            int port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using TcpListener listener = new(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }
}
