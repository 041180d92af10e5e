using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Drift;

/// <summary>
/// A stretch of served traffic that is judged as one: predictions whose event time is in [<see cref="From"/>,
/// <see cref="To"/>) and that were known before <see cref="AsOf"/>.
/// </summary>
/// <param name="Id">Identifier within the model, such as <c>2024-03-01T00:00Z-1d</c>; windows of one model never overlap.</param>
/// <param name="From">First moment that counts.</param>
/// <param name="To">First moment that no longer counts.</param>
/// <param name="AsOf">Rows and labels known before this moment count: the window's end and the lateness that is waited for.</param>
public sealed record WatchWindow(string Id, DateTimeOffset From, DateTimeOffset To, DateTimeOffset AsOf)
{
    /// <summary>
    /// Labels count in the window that was the current one when they became known: from here, up to <see cref="AsOf"/>.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset LabelsSince => AsOf - (To - From);

    /// <summary>Whether an event of this time is of the window.</summary>
    public bool Holds(DateTimeOffset time) => time >= From && time < To;
}
