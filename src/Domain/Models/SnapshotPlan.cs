using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Kinds;

namespace Lifecycle.Domain.Models;

/// <summary>The DataSnapshots that can be taken: a list, or one for each period of time.</summary>
[TwoForms(List = typeof(ImmutableArray<SnapshotDefinition>), Mapping = typeof(PeriodicSnapshots))]
[JsonConverter(typeof(SnapshotPlanConverter))]
public sealed record SnapshotPlan
{
    /// <summary>No DataSnapshot at all.</summary>
    public static SnapshotPlan Empty { get; } = new();

    /// <summary>The list; empty where there is one for each period.</summary>
    public ImmutableArray<SnapshotDefinition> Listed { get; init; } = [];

    /// <summary>The periods; null where there is a list.</summary>
    public RollingSnapshots? Rolling { get; init; }

    /// <summary>All of them, oldest first.</summary>
    public ImmutableArray<SnapshotDefinition> All => Rolling?.Snapshots() ?? Listed;
}

/// <summary>The form of a plan that is no list.</summary>
public sealed record PeriodicSnapshots
{
    /// <summary>One DataSnapshot for each period, of the rows of a window that ends with it.</summary>
    public required RollingSnapshots Rolling { get; init; }
}

/// <summary>Reads and writes a plan in the form that it has.</summary>
internal sealed class SnapshotPlanConverter : JsonConverter<SnapshotPlan>
{
    /// <inheritdoc/>
    public override SnapshotPlan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.StartArray
        ? new SnapshotPlan { Listed = JsonSerializer.Deserialize<ImmutableArray<SnapshotDefinition>>(ref reader, options) }
        : new SnapshotPlan { Rolling = JsonSerializer.Deserialize<PeriodicSnapshots>(ref reader, options)!.Rolling };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SnapshotPlan value, JsonSerializerOptions options)
    {
        if (value.Rolling is { } rolling)
        {
            JsonSerializer.Serialize(writer, new PeriodicSnapshots { Rolling = rolling }, options);
        }
        else
        {
            JsonSerializer.Serialize(writer, value.Listed, options);
        }
    }
}
