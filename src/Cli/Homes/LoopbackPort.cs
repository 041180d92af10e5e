using System.Net;
using System.Net.Sockets;

namespace Lifecycle.Cli.Homes;

/// <summary>Ports of loopback for programs that want to be told theirs before they start.</summary>
public static class LoopbackPort
{
    // Below 32768 no system we run on hands out ports by itself: what is free here is not taken a moment later by somebody's outgoing
    // connection, nor while a program that is to have the same port again is down.
    private const int First = 20_000;
    private const int Last = 32_000;
    private const int Tries = 100;

    /// <summary>A port that nobody listens on, drawn at random.</summary>
    /// <exception cref="IOException">None was found.</exception>
    public static int AnyFree() => Enumerable.Range(0, Tries).Select(_ => Random.Shared.Next(First, Last)).FirstOrDefault(IsFree) is var port and > 0
        ? port
        : throw new IOException($"no port of loopback between {First} and {Last} was free in {Tries} tries");

    /// <summary>The port, if nobody listens on it; else 0, which takes any free one.</summary>
    public static int IfFree(int port) => port is >= 1 and <= IPEndPoint.MaxPort && IsFree(port) ? port : 0;

    private static bool IsFree(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
