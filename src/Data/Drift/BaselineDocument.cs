using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Domain;

namespace Lifecycle.Data.Drift;

/// <summary>The JSON document of a DriftBaseline; docs/formats/drift-baseline.md describes it.</summary>
public sealed record BaselineDocument
{
    /// <summary>The format of this version.</summary>
    public const string CurrentFormat = "lifecycle-drift-baseline/2";

    /// <summary>Name and version of the format.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>Rows of the TrainingSet.</summary>
    public required long RowCount { get; init; }

    /// <summary>The figures' distributions.</summary>
    public required ImmutableArray<FigureDistribution> Distributions { get; init; }

    /// <summary>Reads a document.</summary>
    /// <exception cref="InvalidDataSourceException">It is no DriftBaseline of this format, or its counts do not add up.</exception>
    public static BaselineDocument Read(ReadOnlySpan<byte> json)
    {
        BaselineDocument document;
        try
        {
            string? format = JsonSerializer.Deserialize<Heading>(json, DomainJson.Indented)?.Format;
            if (format != CurrentFormat)
            {
                throw new InvalidDataSourceException(
                    $"the drift baseline has format '{format}', expected '{CurrentFormat}'; publish the model anew, so that its baseline is counted again");
            }

            document = JsonSerializer.Deserialize<BaselineDocument>(json, DomainJson.Indented)!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataSourceException($"the drift baseline is not the JSON that docs/formats/drift-baseline.md describes: {exception.Message}", exception);
        }

        return document.Distributions.FirstOrDefault(one => one.RowCount != document.RowCount) is { } wrong
            ? throw new InvalidDataSourceException($"figure '{wrong.Name}' of the drift baseline counts {wrong.RowCount} rows, expected the {document.RowCount} of the document")
            : document;
    }

    private sealed record Heading(string? Format);
}
