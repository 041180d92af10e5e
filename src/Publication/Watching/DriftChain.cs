using System.Collections.Immutable;

namespace Lifecycle.Publishing.Watching;

/// <summary>Whether a model's decisions are whole: numbered without gaps, each naming the one before it and going on from it.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Count">Decisions looked at.</param>
/// <param name="Defects">What is wrong, the oldest first; empty when nothing is.</param>
public sealed record DriftChain(string Model, long Count, ImmutableArray<string> Defects);
