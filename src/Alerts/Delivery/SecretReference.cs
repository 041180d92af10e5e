using System.Text;
using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Files;

namespace Lifecycle.Alerting.Delivery;

/// <summary>Finds the secret that <c>env:NAME</c> or <c>file:PATH</c> speaks of, anew for every message: a rotated secret counts at once.</summary>
internal static class SecretReference
{
    private const int MaximumBytes = 4096;

    /// <summary>The secret, without line breaks at its end.</summary>
    /// <exception cref="AlertDeliveryException">There is none.</exception>
    public static async Task<string> ReadAsync(string receiver, string reference, CancellationToken cancellation)
    {
        if (reference.StartsWith(SecretPrefixes.Environment, StringComparison.Ordinal))
        {
            string name = reference[SecretPrefixes.Environment.Length..];
            return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
                ? value
                : throw new AlertDeliveryException(receiver, $"the environment variable {name} of the worker is not set; set it and restart the worker");
        }

        string path = reference[SecretPrefixes.File.Length..];
        try
        {
            await using FileStream file = RegularFile.Open(path);
            byte[] bytes = new byte[MaximumBytes];
            int length = await file.ReadAtLeastAsync(bytes, MaximumBytes, throwOnEndOfStream: false, cancellation);
            string line = Encoding.UTF8.GetString(bytes, 0, length).Split('\n')[0].TrimEnd('\r');
            return line.Length > 0 ? line : throw new AlertDeliveryException(receiver, $"the first line of {path} is empty; write the secret there");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AlertDeliveryException(receiver, $"the secret's file cannot be read: {failure.Message}; create {path}, readable by the worker", failure);
        }
    }
}
