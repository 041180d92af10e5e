using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Kinds;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.References;

/// <summary>An input column that rows are grouped by: each of its values is a group, or each of its bins.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Binned">The bins; null groups by value.</param>
[TwoForms(Scalar = typeof(string), Mapping = typeof(BinnedColumn))]
[JsonConverter(typeof(GroupColumnConverter))]
public sealed record GroupColumn(string Column, BinnedColumn? Binned = null)
{
    /// <summary>A column by its values.</summary>
    public static implicit operator GroupColumn(string column) => new(column);

    /// <summary>A column by its values.</summary>
    public static GroupColumn FromString(string column) => new(column);

    /// <summary>Why a model cannot group by it, in a sentence; null where it can.</summary>
    public string? ProblemIn(InputSchema schema)
    {
        if (schema.Columns.FirstOrDefault(input => input.Name == Column) is not { } found)
        {
            return $"'reference.groups' names column '{Column}', which is no input of the model; its inputs are {string.Join(", ", schema.Columns.Select(input => input.Name))}";
        }

        return Binned is null ? null
            : found.Type is not (InputType.Number or InputType.Integer) ? $"'reference.groups' bins '{Column}', which is no number; name the column alone"
            : Binned.Problem is { } problem ? $"'reference.groups' bins '{Column}' by {problem}"
            : null;
    }
}

/// <summary>A numeric column in bins: those between given edges, or some of equal mass over the training rows. An edge belongs to the bin below it.</summary>
public sealed record BinnedColumn
{
    /// <summary>The most bins of a column.</summary>
    public const int MostBins = 1000;

    /// <summary>Name of the column.</summary>
    public required string Column { get; init; }

    /// <summary>The largest value of each bin but the last, rising; none where <see cref="Bins"/> is given.</summary>
    public ImmutableArray<double> Edges { get; init; } = [];

    /// <summary>Number of bins of equal mass over the training rows; null where <see cref="Edges"/> are given.</summary>
    public int? Bins { get; init; }

    /// <summary>What is wrong with the bins, as a sentence's end; null where nothing is.</summary>
    [JsonIgnore]
    public string? Problem => (Edges.IsEmpty, Bins) switch
    {
        (true, null) => "neither 'edges' nor 'bins'; give one of them, or name the column alone",
        (false, not null) => "both 'edges' and 'bins'; keep one",
        (true, _) => null,
        _ when Edges.Length >= MostBins => string.Create(CultureInfo.InvariantCulture, $"{Edges.Length} edges; expected fewer than {MostBins}"),
        _ when Edges.Any(edge => !float.IsFinite((float)edge)) => "an edge that a number of 32 bits cannot hold",
        _ => Edges.Zip(Edges.Skip(1)).Any(pair => (float)pair.First >= (float)pair.Second) ? "edges that do not rise; write each once, smallest first" : null,
    };
}

/// <summary>Writes a column alone as its name.</summary>
internal sealed class GroupColumnConverter : JsonConverter<GroupColumn>
{
    /// <inheritdoc/>
    public override GroupColumn Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new GroupColumn(reader.GetString()!);
        }

        BinnedColumn binned = JsonSerializer.Deserialize<BinnedColumn>(ref reader, options) ?? throw new JsonException("It is null, expected a column.");
        return new GroupColumn(binned.Column, binned);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, GroupColumn value, JsonSerializerOptions options)
    {
        if (value.Binned is { } binned)
        {
            JsonSerializer.Serialize(writer, binned, options);
        }
        else
        {
            writer.WriteStringValue(value.Column);
        }
    }
}
