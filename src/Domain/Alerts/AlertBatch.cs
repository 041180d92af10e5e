using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Alerts;

/// <summary>
/// Everything that one source sees firing at one time. It replaces what the source said before: an alert of the source that
/// is not in it has ended. Applying the same batch twice, or an older one after a newer one, changes nothing.
/// </summary>
/// <param name="Source">Who looked, such as <c>watch/disposable-domain</c> or <c>rules</c>.</param>
/// <param name="ObservedAt">When it looked.</param>
public sealed record AlertBatch(string Source, DateTimeOffset ObservedAt)
{
    /// <summary>Most alerts of a batch. A source with more has to count them in few: see <see cref="Alert.Count"/>.</summary>
    public const int MaximumAlerts = 1000;

    /// <summary>What fires.</summary>
    public ImmutableArray<Alert> Firing { get; init; } = [];

    /// <summary>What is wrong with the batch, and what to do; null when it can be taken.</summary>
    [JsonIgnore]
    public string? Problem => (Source, Firing.Length) switch
    {
        (null or "", _) => "the batch of alerts names no source; name who looked, such as 'watch/MODEL'",
        (_, > MaximumAlerts) => $"source '{Source}' raises {Firing.Length} alerts at once, at most {MaximumAlerts} are allowed; raise one alert with a count and its strongest findings",
        _ => null,
    };

    /// <summary>The batch with its texts cut, each alert once.</summary>
    public AlertBatch Cut() => this with { Firing = [.. Firing.Select(alert => alert.Cut()).DistinctBy(alert => alert.Fingerprint)] };
}
