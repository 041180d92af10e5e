using System.Text.Json;
using Lifecycle.Domain;

namespace Lifecycle.OnnxModels.Ensembles;

/// <summary>
/// The JSON document of a <see cref="TreeEnsemble"/>: compact, and the same bytes for the same ensemble. Floats are written
/// in the shortest form that reads back as the same bits. Format: docs/formats/ensemble-json.md.
/// </summary>
public static class EnsembleDocument
{
    /// <summary>Writes an ensemble.</summary>
    /// <exception cref="InvalidEnsembleException">It is unsound.</exception>
    public static byte[] Write(TreeEnsemble ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        EnsembleRules.Demand(ensemble);
        return JsonSerializer.SerializeToUtf8Bytes(ensemble, DomainJson.Compact);
    }

    /// <summary>Reads an ensemble.</summary>
    /// <exception cref="InvalidEnsembleException">The document is malformed or the ensemble unsound.</exception>
    public static TreeEnsemble Read(ReadOnlySpan<byte> document)
    {
        TreeEnsemble? ensemble;
        try
        {
            ensemble = JsonSerializer.Deserialize<TreeEnsemble>(document, DomainJson.Compact);
        }
        catch (JsonException malformed)
        {
            throw new InvalidEnsembleException($"the document is malformed at {malformed.Path}, line {malformed.LineNumber}; expected what stage Training wrote", malformed);
        }

        if (ensemble is null)
        {
            throw new InvalidEnsembleException("the document is null; expected what stage Training wrote");
        }

        EnsembleRules.Demand(ensemble);
        return ensemble;
    }
}
