using System.Collections.Immutable;
using Lifecycle.Data.Drift;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.Drift;

public sealed class InputSlicesTests
{
    private static readonly string[] Texts = ["b.com", "a.org", "c.com"];

    [Fact]
    public void Members_OfTwoSlices_AreInTheOrderOfTheTexts()
    {
        var members = Members(("com", "input LIKE '%.com'"), ("late", "input > 'a.z'"));

        Assert.Equal([true, false, true], members["com"]);
        Assert.Equal([true, false, true], members["late"]);
    }

    [Theory]
    [InlineData("CASE WHEN input LIKE '%.com' THEN true END")]
    [InlineData("input LIKE '%.com' -- with a remark")]
    public void Members_OfAnExpressionThatIsNullOrRemarked_AreThoseForWhichItIsTrue(string expression) =>
        Assert.Equal([true, false, true], Members(("com", expression))["com"]);

    [Theory]
    [InlineData("host LIKE '%.com'", "host")]
    [InlineData("input LIKE", "watch.protectedSlices.com")]
    [InlineData("count(*) > 1", "watch.protectedSlices.com")]
    [InlineData("input IN (SELECT content FROM read_text('/etc/hostname'))", "read_text")]
    public void Members_OfWhatIsNotOverInputAlone_AreRefusedByName(string expression, string named)
    {
        var failure = Assert.Throws<InvalidDataSourceException>(() => Members(("com", expression)));

        Assert.StartsWith("'watch.protectedSlices.com'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("speed > 5", new[] { true, false, false })]
    [InlineData("speed IS NULL", new[] { false, true, false })]
    [InlineData("warned AND birds = 3", new[] { false, false, true })]
    [InlineData("year(happened) = 2024", new[] { true, false, false })]
    [InlineData("species = 'gull' AND \"wind speed\" < 2", new[] { false, true, false })]
    public void Members_OfATable_AreOverItsColumns(string expression, bool[] expected)
    {
        InputSchema schema = new(
        [
            Column("speed", InputType.Number), Column("birds", InputType.Integer), Column("warned", InputType.Boolean), Column("species", InputType.Category),
            Column("happened", InputType.Timestamp), Column("wind speed", InputType.Number),
        ]);
        long time = (long)(new DateTime(2024, 5, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMicroseconds;
        InputRows rows = new(schema,
        [
            new InputValues.Numbers([7, float.NaN, 2]), new InputValues.Integers([1, 2, 3], []), new InputValues.Integers([0, 0, 1], []), new InputValues.Texts(["hawk", "gull", null]),
            new InputValues.Integers([time, 0, 0], [true, false, true]), new InputValues.Numbers([1, 1, 1]),
        ]);

        Assert.Equal(expected, Members(rows, ("one", expression))["one"]);
    }

    [Fact]
    public void Members_OfAColumnThatATableLacks_AreRefusedWithTheInputs()
    {
        InputRows rows = new(new([Column("speed", InputType.Number), Column("birds", InputType.Integer)]), [new InputValues.Numbers([1]), new InputValues.Integers([1], [])]);

        Assert.StartsWith(
            "'watch.protectedSlices.one', a boolean SQL expression over the inputs 'speed', 'birds',",
            Assert.Throws<InvalidDataSourceException>(() => Members(rows, ("one", "label = 1"))).Message, StringComparison.Ordinal);
    }

    private static InputColumn Column(string name, InputType type) => new() { Name = name, Type = type, Nullable = true };

    private static ImmutableSortedDictionary<string, ImmutableArray<bool>> Members(params (string Name, string Expression)[] slices) =>
        Members(InputRows.OfTexts(new([new() { Name = "host", Type = InputType.Text }]), Texts), slices);

    private static ImmutableSortedDictionary<string, ImmutableArray<bool>> Members(InputRows rows, params (string Name, string Expression)[] slices)
    {
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("slices-");
        try
        {
            string path = Path.Combine(scratch.FullName, "side.parquet");
            new AnsweredRows(new Target.Regression(), rows, new Answers(1, [.. Enumerable.Repeat(0f, rows.Count)]), [.. Enumerable.Repeat(double.NaN, rows.Count)])
                .Write(path, new DataLimits(), TestContext.Current.CancellationToken);
            return slices.ToImmutableSortedDictionary(
                slice => slice.Name, slice => new InputSlices(rows.Schema, new DataLimits()).Members(slice.Name, slice.Expression, path, TestContext.Current.CancellationToken));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
