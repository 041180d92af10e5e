using System.Collections.Immutable;
using Lifecycle.Data.Inputs;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.Inputs;

/// <summary>A row of inputs becomes one text in one way, and is the same row when it is read back.</summary>
public sealed class RowTextTests
{
    private const long LastMoment = 253_402_300_799_999_999;
    private const long FirstMoment = -62_135_596_800_000_000;

    private static readonly InputSchema Schema = new(
    [
        new() { Name = "origin", Type = InputType.Category, Nullable = true },
        new() { Name = "distance", Type = InputType.Number, Nullable = true },
        new() { Name = "stops", Type = InputType.Integer, Nullable = true },
        new() { Name = "freight", Type = InputType.Boolean, Nullable = true },
        new() { Name = "at", Type = InputType.Timestamp, Nullable = true },
        new() { Name = "clock \"local\"", Type = InputType.Timestamp, Zone = InputZone.Local, Nullable = true },
    ]);

    private static readonly InputRows Rows = new(Schema,
    [
        new InputValues.Texts(["JFK", null, "", "a \"b\" \\ c\n\0", "ünï ✈ 😀 \u2028", "{}"]),
        new InputValues.Numbers([12.5f, float.NaN, -0f, float.MaxValue, float.Epsilon, 0.1f]),
        new InputValues.Integers([0, 0, long.MaxValue, long.MinValue, -1, 1], [true, false, true, true, true, true]),
        new InputValues.Integers([1, 0, 0, 1, 0, 1], [true, false, true, true, true, true]),
        new InputValues.Integers([0, 0, LastMoment, FirstMoment, 1, 993_058_500_000_000], [true, false, true, true, true, true]),
        new InputValues.Integers([0, 0, LastMoment, FirstMoment, -1, 993_058_500_250_000], [true, false, true, true, true, true]),
    ]);

    [Fact]
    public void Texts_OfRows_AreObjectsInTheOrderOfTheSchema() => Assert.Equal(
        [
            """{"origin":"JFK","distance":12.5,"stops":0,"freight":true,"at":"1970-01-01T00:00:00Z","clock \"local\"":"1970-01-01T00:00:00"}""",
            """{"origin":null,"distance":null,"stops":null,"freight":null,"at":null,"clock \"local\"":null}""",
            """{"origin":"","distance":0,"stops":9223372036854775807,"freight":false,"at":"9999-12-31T23:59:59.999999Z","clock \"local\"":"9999-12-31T23:59:59.999999"}""",
            """{"origin":"a \"b\" \\ c\u000a\u0000","distance":3.4028235E+38,"stops":-9223372036854775808,"freight":true,"at":"0001-01-01T00:00:00Z","clock \"local\"":"0001-01-01T00:00:00"}""",
            "{\"origin\":\"ünï ✈ 😀 \u2028\"" + ""","distance":1E-45,"stops":-1,"freight":false,"at":"1970-01-01T00:00:00.000001Z","clock \"local\"":"1969-12-31T23:59:59.999999"}""",
            """{"origin":"{}","distance":0.1,"stops":1,"freight":true,"at":"2001-06-20T17:35:00Z","clock \"local\"":"2001-06-20T17:35:00.25"}""",
        ],
        RowText.Of(Rows));

    [Fact]
    public void Rows_ReadBack_AreTheSameRows()
    {
        ImmutableArray<string> texts = RowText.Of(Rows);
        GivenRows read = RowText.Read(Schema, texts);
        Assert.All(read.Rows, row => Assert.Null(row.Fault));
        Assert.Equal(((InputValues.Texts)Rows.Columns[0]).Values, ((InputValues.Texts)read.Sound.Columns[0]).Values);
        Assert.Equal(((InputValues.Numbers)Rows.Columns[1]).Values, ((InputValues.Numbers)read.Sound.Columns[1]).Values);
        foreach (int place in (int[])[2, 3, 4, 5])
        {
            (InputValues.Integers before, InputValues.Integers after) = ((InputValues.Integers)Rows.Columns[place], (InputValues.Integers)read.Sound.Columns[place]);
            Assert.Equal((IEnumerable<long>)before.Values, after.Values);
            Assert.Equal((IEnumerable<bool>)before.Present, after.Present);
        }

        Assert.Equal(texts, RowText.Of(read.Sound));
        Assert.Equal(texts, read.Rows.Select(row => RowText.Of(Schema, row.Values)));
    }

    [Theory]
    [InlineData("gmail.com", "'gmail.com' is no row of this model; expected a JSON object of")]
    [InlineData("[1]", "is no row of this model")]
    [InlineData("""{"origin":"a","origin":"b"}""", "is no row of this model")]
    [InlineData("""{"distance":"12"}""", "column 'distance' holds \"12\"; expected a number, without quotes")]
    [InlineData("""{"distance":1e999}""", "column 'distance' holds '1e999'; expected a number")]
    [InlineData("""{"stops":9223372036854775808}""", "column 'stops' holds '9223372036854775808'; expected a whole number")]
    [InlineData("""{"at":"2001-06-20T17:35:00"}""", "nobody says which zone its clock has")]
    [InlineData("""{"origin":{}}""", "column 'origin' holds a list or an object")]
    public void Text_ThatDoesNotFitTheSchema_IsRefused(string text, string reason) =>
        Assert.Contains(reason, Assert.Single(RowText.Read(Schema, [text]).Rows).Fault, StringComparison.Ordinal);

    [Fact]
    public void Text_OfAnotherSchema_IsReadByName_AndRefusedOnlyForWhatIsMissing()
    {
        InputSchema later = new([new() { Name = "new", Type = InputType.Number, Nullable = true }, new() { Name = "stops", Type = InputType.Integer }]);
        GivenRows read = RowText.Read(later, ["""{"origin":"JFK","stops":3}""", """{"origin":"JFK"}"""]);
        Assert.Equal(3, ((InputValues.Integers)read.Sound.Columns[1]).Values.Single());
        Assert.Equal("column 'stops' has no value; expected a whole number such as 12", read.Rows[1].Fault);
    }

    [Fact]
    public void Value_ThatCannotBeRead_StandsAsItWasWritten_AndIsRefusedAgain()
    {
        string text = RowText.Of(Schema, ["JFK", "12,5", "3", "yes", null, null]);
        Assert.StartsWith("""{"origin":"JFK","distance":"12,5","stops":3,"freight":"yes","at":null""", text, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(RowText.Read(Schema, [text]).Rows).Fault);
    }

    [Fact]
    public void Number_ThatIsNone_IsWrittenAndRefused()
    {
        InputSchema numbers = new([new() { Name = "a", Type = InputType.Number, Nullable = true }, new() { Name = "t", Type = InputType.Timestamp, Nullable = true }]);
        InputRows odd = new(numbers, [new InputValues.Numbers([float.PositiveInfinity, float.NegativeInfinity, 1]), new InputValues.Integers([0, 0, long.MaxValue], [])]);
        Assert.All(RowText.Read(numbers, RowText.Of(odd)).Rows, row => Assert.NotNull(row.Fault));
    }

    [Fact]
    public void Row_OfOneText_IsThatText()
    {
        InputSchema text = new([new() { Name = "domain", Type = InputType.HostName }]);
        string[] values = ["gmail.com", "{\"domain\":1}", " "];
        Assert.Equal(values, RowText.Of(InputRows.OfTexts(text, values)));
        Assert.Equal(values, RowText.Read(text, values).Rows.Select(row => row.Values[0]));
    }
}
