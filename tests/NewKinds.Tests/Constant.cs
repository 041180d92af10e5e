using System.Text.Json.Serialization;
using Lifecycle.Domain.Training;

namespace Lifecycle.NewKinds.Tests;

/// <summary>A kind of trainer that the product does not know: whatever the row, it answers with the classes' shares.</summary>
public sealed record Constant : TrainerDefinition
{
    /// <summary>Rows added to each class before the shares are taken.</summary>
    public double AddedRows { get; init; } = 1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Sentence => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the classes' shares, {AddedRows} rows added to each");
}
