using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Lifecycle.Domain;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Scoring;

namespace Lifecycle.Publishing.Tests.Envelopes;

/// <summary>
/// Canonical JSON refuses fractions, and a record that holds one as a number is refused only when some model's figure is not whole. So a
/// record that is sealed or digested has to write its fractions as text, wherever below it they stand.
/// </summary>
public sealed class SealedNumbersTests
{
    [Theory]
    [InlineData(typeof(Blessing))]
    [InlineData(typeof(WatchBaseline))]
    [InlineData(typeof(ChannelEntry))]
    [InlineData(typeof(ReleaseManifest))]
    [InlineData(typeof(ApprovalPolicy))]
    [InlineData(typeof(AskedFor))]
    [InlineData(typeof(RollbackProposal))]
    [InlineData(typeof(DriftState))]
    [InlineData(typeof(ScoringRequest))]
    [InlineData(typeof(ScoringPlan))]
    [InlineData(typeof(ScoringManifest))]
    public void Record_ThatIsSealed_WritesItsFractionsAsText(Type record) => Assert.Empty(Fractions(record));

    [Fact]
    public void Fractions_BelowAList_AreFoundWithTheirPlace() =>
        Assert.Equal(["Outer.inner.share", "Outer.inner.rate"], Fractions(typeof(Outer)));

    private static List<string> Fractions(Type root)
    {
        List<string> found = [];
        HashSet<Type> seen = [];
        Walk(root, root.Name, found, seen);
        return found;
    }

    private static void Walk(Type type, string place, List<string> found, HashSet<Type> seen)
    {
        if (!seen.Add(type))
        {
            return;
        }

        JsonTypeInfo shape = DomainJson.Compact.GetTypeInfo(type);
        foreach (JsonDerivedType derived in shape.PolymorphismOptions?.DerivedTypes ?? [])
        {
            Walk(derived.DerivedType, $"{place}:{derived.DerivedType.Name}", found, seen);
        }

        if (shape.ElementType is { } element)
        {
            Walk(element, place, found, seen);
        }

        foreach (JsonPropertyInfo property in shape.Properties)
        {
            Type value = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (value == typeof(double) || value == typeof(float) || value == typeof(decimal))
            {
                bool isText = property.NumberHandling?.HasFlag(JsonNumberHandling.WriteAsString) == true || property.CustomConverter is not null;
                found.AddRange(isText ? [] : [$"{place}.{property.Name}"]);
            }
            else
            {
                Walk(value, $"{place}.{property.Name}", found, seen);
            }
        }
    }

    private sealed record Outer(IReadOnlyList<Middle> Inner, [property: JsonNumberHandling(JsonNumberHandling.WriteAsString)] double Text);

    private sealed record Middle(double Share, float? Rate, long Count);
}
