using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Training;

namespace Lifecycle.Evaluation.Reports;

/// <summary>
/// What stands in <c>evaluation.json</c> of a release that was not measured against labels: that it was not, and what was
/// measured instead. A format of its own, so that no reader takes it for an evaluation. Format: docs/formats/evaluation.md.
/// </summary>
/// <param name="Unmeasured">What was not measured, in a sentence.</param>
/// <param name="Reference">What the ReferenceModel does, in words.</param>
/// <param name="ModelDigest">SHA-256 of the ONNX file.</param>
/// <param name="ModelBytes">Size of the ONNX file.</param>
/// <param name="Parity">How closely the file says what the reference says.</param>
public sealed record ColdStartDocument(string Unmeasured, string Reference, string ModelDigest, long ModelBytes, ParityReport Parity)
{
    /// <summary>The value of <see cref="Format"/> that this version writes.</summary>
    public const string CurrentFormat = "lifecycle-cold-start/1";

    /// <summary>Names the layout, for readers.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>The document as UTF-8 JSON.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, DomainJson.Compact);
}
