using System.Net;
using System.Net.Sockets;
using Lifecycle.Cli.Homes;

namespace Lifecycle.Cli.Tests.Hosting;

public sealed class LoopbackPortTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65536)]
    public void Port_ThatIsNone_TakesAnyFreeOne(int port) => Assert.Equal(0, LoopbackPort.IfFree(port));

    [Fact]
    public void Port_ThatSomebodyListensOn_IsNotTaken()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        Assert.Equal(0, LoopbackPort.IfFree(port));
        taken.Stop();
        Assert.Equal(port, LoopbackPort.IfFree(port));
    }

    [Fact]
    public void Port_ThatIsDrawn_IsFreeAndNoneThatTheSystemHandsOut()
    {
        int port = LoopbackPort.AnyFree();
        Assert.InRange(port, 1025, 32767);
        Assert.Equal(port, LoopbackPort.IfFree(port));
    }
}
