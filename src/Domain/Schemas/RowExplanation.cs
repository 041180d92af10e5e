using System.Collections.Immutable;

namespace Lifecycle.Domain.Schemas;

/// <summary>Why a model answers a row as it does: the raw score as a sum over the row's columns, and over its features.</summary>
/// <param name="Scale">What a raw score is, in words.</param>
/// <param name="Scores">One for each raw score: for each class of several, else one.</param>
public sealed record RowExplanation(string Scale, ImmutableArray<ScoreExplanation> Scores);

/// <summary>A raw score as a sum: <see cref="Base"/> and the contributions of all <see cref="Columns"/> make <see cref="Score"/>.</summary>
/// <param name="Class">The class whose score it is; null where there is one score.</param>
/// <param name="Score">The raw score, as the graph computes it.</param>
/// <param name="Base">The score of a row of which nothing is known.</param>
/// <param name="Columns">What each input column adds, in the order of the schema.</param>
/// <param name="Features">The features that add or take most, the largest first.</param>
public sealed record ScoreExplanation(
    string? Class, double Score, double Base, ImmutableArray<ColumnContribution> Columns, ImmutableArray<FeatureContribution> Features);

/// <summary>What a column adds to a raw score.</summary>
/// <param name="Column">The column.</param>
/// <param name="Contribution">What it adds; negative takes away.</param>
public sealed record ColumnContribution(string Column, double Contribution);

/// <summary>What a feature adds to a raw score.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Column">The column that it is made of, or both with an ampersand between.</param>
/// <param name="Value">Its value in the row; null where it is missing.</param>
/// <param name="Contribution">What it adds; negative takes away.</param>
public sealed record FeatureContribution(string Feature, string Column, float? Value, double Contribution);
