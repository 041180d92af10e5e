using System.Text.Json;
using Lifecycle.Domain;

namespace Lifecycle.OnnxModels.Fragments;

/// <summary>
/// The JSON document of a <see cref="ModelFragment"/>: compact, and the same bytes for the same fragment. Floats are written in the
/// shortest form that reads back as the same bits. Format: docs/formats/ensemble-json.md.
/// </summary>
public static class FragmentDocument
{
    /// <summary>Writes a fragment.</summary>
    /// <exception cref="InvalidFragmentException">It is unsound.</exception>
    public static byte[] Write(ModelFragment fragment)
    {
        ArgumentNullException.ThrowIfNull(fragment);
        fragment.RequireSound();
        return JsonSerializer.SerializeToUtf8Bytes(fragment, DomainJson.Compact);
    }

    /// <summary>Reads a fragment.</summary>
    /// <exception cref="InvalidFragmentException">The document is malformed or the fragment unsound.</exception>
    public static ModelFragment Read(ReadOnlySpan<byte> document)
    {
        ModelFragment? fragment;
        try
        {
            fragment = JsonSerializer.Deserialize<ModelFragment>(document, DomainJson.Compact);
        }
        catch (JsonException malformed)
        {
            throw new InvalidFragmentException($"the document is malformed: {malformed.Message.TrimEnd('.')}; expected what stage Training wrote", malformed);
        }

        if (fragment is null)
        {
            throw new InvalidFragmentException("the document is null; expected what stage Training wrote");
        }

        fragment.RequireSound();
        return fragment;
    }
}
