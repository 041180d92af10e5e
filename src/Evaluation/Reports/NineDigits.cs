using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lifecycle.Evaluation.Reports;

/// <summary>Writes numbers rounded to nine significant digits: far finer than any figure here means, far coarser than rounding errors.</summary>
internal sealed class NineDigits : JsonConverter<double>
{
    /// <summary>Whether NaN and infinities are written, as text; otherwise a document that holds one is refused.</summary>
    public bool NamesNonFinite { get; init; }

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NamesNonFinite && reader.TokenType == JsonTokenType.String
            ? double.Parse(reader.GetString()!, CultureInfo.InvariantCulture)
            : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (NamesNonFinite && !double.IsFinite(value))
        {
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
            return;
        }

        writer.WriteNumberValue(double.Parse(value.ToString("G9", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }
}
