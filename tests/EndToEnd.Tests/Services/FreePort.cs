using System.Net;
using System.Net.Sockets;

namespace Lifecycle.EndToEnd.Tests.Services;

/// <summary>Finds a loopback port that nobody uses right now.</summary>
internal static class FreePort
{
    /// <summary>The port.</summary>
    public static int Next()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
