using System.Collections.Immutable;
using Temporalio.Common;

namespace Lifecycle.Conformance.Tests.Workflows;

/// <summary>The search attributes the suite registers, one of each type.</summary>
public static class SuiteAttributes
{
    public static SearchAttributeKey<string> Model { get; } = SearchAttributeKey.CreateKeyword("ConformanceModel");

    public static SearchAttributeKey<long> Rows { get; } = SearchAttributeKey.CreateLong("ConformanceRows");

    public static SearchAttributeKey<double> Score { get; } = SearchAttributeKey.CreateDouble("ConformanceScore");

    public static SearchAttributeKey<bool> Urgent { get; } = SearchAttributeKey.CreateBool("ConformanceUrgent");

    public static SearchAttributeKey<DateTimeOffset> Due { get; } = SearchAttributeKey.CreateDateTimeOffset("ConformanceDue");

    public static SearchAttributeKey<string> Notes { get; } = SearchAttributeKey.CreateText("ConformanceNotes");

    public static SearchAttributeKey<IReadOnlyCollection<string>> Tags { get; } = SearchAttributeKey.CreateKeywordList("ConformanceTags");

    public static ImmutableArray<SearchAttributeKey> Registered { get; } = [Model, Rows, Score, Urgent, Due, Notes, Tags];
}
