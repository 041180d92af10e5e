using Lifecycle.Cli.Homes;

namespace Lifecycle.Cli.Hosting;

/// <summary>Where <c>lifecycle up</c> serves metrics: <c>LIFECYCLE_METRICS</c>, else any free port of loopback; nowhere when that is <c>off</c>.</summary>
public static class MetricsAddress
{
    private const string Off = "off";

    /// <summary>IP address and port; null serves none.</summary>
    public static string? Choose() => Environment.GetEnvironmentVariable("LIFECYCLE_METRICS") switch
    {
        Off => null,
        { Length: > 0 } told => told,
        _ => $"127.0.0.1:{LoopbackPort.AnyFree()}",
    };
}
