using System.Collections.Immutable;
using Lifecycle.Domain.Models;

namespace Lifecycle.Definitions;

/// <summary>A model definition as it was read: the record, and the very bytes it came from.</summary>
/// <param name="Definition">The definition, complete and consistent.</param>
/// <param name="Folder">Full path of the model's folder.</param>
/// <param name="Bytes">Content of model.yaml.</param>
/// <param name="Sha256">Lowercase hexadecimal SHA-256 of <paramref name="Bytes"/>.</param>
public sealed record LoadedModelDefinition(ModelDefinition Definition, string Folder, ImmutableArray<byte> Bytes, string Sha256);
