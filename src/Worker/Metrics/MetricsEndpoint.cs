using System.Net;
using Temporalio.Runtime;

namespace Lifecycle.Worker.Metrics;

/// <summary>
/// Where Prometheus reads: one address for the SDK's own metrics and ours, served by the SDK itself. A client that is
/// connected with the endpoint's runtime, and every worker on it, are measured.
/// </summary>
public static class MetricsEndpoint
{
    /// <summary>Opens the endpoint.</summary>
    /// <param name="address">IP address and port, such as <c>127.0.0.1:9464</c>.</param>
    /// <exception cref="MetricsAddressException">It is no address, or cannot be listened on.</exception>
    public static TemporalRuntime Open(string address)
    {
        if (!IPEndPoint.TryParse(address, out IPEndPoint? parsed) || parsed.Port == 0)
        {
            throw new MetricsAddressException(address, "it is no IP address and port");
        }

        try
        {
            return new TemporalRuntime(new()
            {
                Telemetry = new()
                {
                    Metrics = new()
                    {
                        Prometheus = new(address) { UseSecondsForDuration = true, HasUnitSuffix = true, HasCounterTotalSuffix = true },
                    },
                },
            });
        }
        catch (InvalidOperationException failure)
        {
            throw new MetricsAddressException(address, failure.Message, failure);
        }
    }
}

/// <summary>Metrics cannot be served where they were asked for.</summary>
public sealed class MetricsAddressException(string address, string problem, Exception? cause = null)
    : Exception($"metrics cannot be served on '{address}': {problem}; set LIFECYCLE_METRICS to a free address such as 127.0.0.1:9464, or leave it out", cause);
