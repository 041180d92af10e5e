using System.Text.Json;
using Lifecycle.Alerting.Webhooks;
using Lifecycle.Domain.Sensors;
using Microsoft.AspNetCore.Http;

namespace Lifecycle.Worker.Webhooks;

/// <summary>
/// A posted arrival before anything is done about it. The signature is checked first: of an unsigned body nothing is read,
/// and its sender learns nothing.
/// </summary>
/// <param name="Model">Name of the model, from the path.</param>
/// <param name="Sensor">Id of the sensor, from the path.</param>
internal sealed record ArrivalPost(string Model, string Sensor)
{
    private const int LongestDigest = 200;

    /// <summary>HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>What was signed beside time and body. Model and sensor as they are routed: a proxy may have put something before the path.</summary>
    public string Target => $"{Method} /sensors/{Model}/{Sensor}";

    /// <summary>The header's value; null when there was none.</summary>
    public string? Signature { get; init; }

    /// <summary>The body, as it came.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What is told.</summary>
    /// <exception cref="ArrivalRefusedException">The signature or the body is not as docs/formats/sensor.md says.</exception>
    public DataSensorRequest Read(ReadOnlySpan<byte> key, DateTimeOffset now)
    {
        if (Signature is null || WebhookSignature.VerifiedAt(Signature, key, now, Target, Body.Span) is not { } signedAt)
        {
            throw new ArrivalRefusedException(
                StatusCodes.Status401Unauthorized,
                $"{WebhookSignature.HeaderName} is missing, older than {WebhookSignature.Tolerance.TotalMinutes:0} minutes, or not of this method, path and body; sign 'SECONDS.METHOD PATH.BODY' as v2 with the worker's LIFECYCLE_WEBHOOK_SECRET (docs/formats/sensor.md)");
        }

        try
        {
            using JsonDocument body = JsonDocument.Parse(Body);
            return new() { Model = Model, Arrival = Arrival(body.RootElement, signedAt) };
        }
        catch (JsonException failure)
        {
            throw Malformed($"the body is no JSON: {failure.Message}", failure);
        }
    }

    private DataArrival Arrival(JsonElement body, DateTimeOffset signedAt)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw Malformed($"the body is a JSON {body.ValueKind}");
        }

        string? snapshot = Text(body, "snapshot");
        string digest = Text(body, "digest") ?? snapshot ?? throw Malformed("the body has neither 'digest' nor 'snapshot'");
        return digest.Length is 0 or > LongestDigest
            ? throw Malformed($"the digest has {digest.Length} characters, and may have 1 to {LongestDigest}")
            : new() { Sensor = Sensor, Digest = digest, Snapshot = snapshot, SignedAt = signedAt };
    }

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out JsonElement value) switch
    {
        false => null,
        true when value.ValueKind == JsonValueKind.Null => null,
        true when value.ValueKind == JsonValueKind.String => value.GetString(),
        _ => throw Malformed($"'{name}' is a JSON {value.ValueKind}"),
    };

    private static ArrivalRefusedException Malformed(string problem, Exception? cause = null) => new(
        StatusCodes.Status400BadRequest, $$"""{{problem}}; expected an object such as {"digest":"3f8a...","snapshot":"2022-09"}, texts both, at least one of them""", cause);
}

/// <summary>An arrival that is not taken.</summary>
/// <param name="status">HTTP status of the answer.</param>
/// <param name="problem">Why, and what to do.</param>
/// <param name="cause">What failed, where something did.</param>
internal sealed class ArrivalRefusedException(int status, string problem, Exception? cause = null) : Exception(problem, cause)
{
    /// <summary>HTTP status of the answer.</summary>
    public int Status { get; } = status;
}
