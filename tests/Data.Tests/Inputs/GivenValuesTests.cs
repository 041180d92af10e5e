using Lifecycle.Data.Inputs;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Tests.Inputs;

/// <summary>A row given as <c>column=value</c>.</summary>
public sealed class GivenValuesTests
{
    private static readonly InputSchema Schema = new(
    [
        new() { Name = "origin", Type = InputType.Category },
        new() { Name = "distance", Type = InputType.Number },
        new() { Name = "note", Type = InputType.Text, Nullable = true },
    ]);

    [Fact]
    public void Values_InAnyOrder_AreOneRow()
    {
        GivenRows rows = GivenValues.Read(Schema, ["note=a=b", "distance=12.5", "origin=JFK"]);
        Assert.Equal(["JFK", "12.5", "a=b"], Assert.Single(rows.Rows).Values);
        Assert.Null(rows.Rows[0].Line);
        Assert.Equal([12.5f], ((InputValues.Numbers)rows.Sound.Columns[1]).Values);
    }

    [Theory]
    [InlineData("distance=1", "origin=JFK")]
    [InlineData("distance=1", "origin=JFK", "note=")]
    public void Value_ThatMayBeMissing_MayBeLeftOutOrEmpty(params string[] values) =>
        Assert.True(GivenValues.Read(Schema, values).Sound.Columns[2].IsMissing(0));

    [Theory]
    [InlineData("column 'distance' holds 'far'; expected a number such as 12.5", "distance=far", "origin=JFK")]
    [InlineData("column 'distance' has no value; expected a number", "distance=", "origin=JFK")]
    [InlineData("the decimal mark is a point", "distance=12,5", "origin=JFK")]
    public void Value_ThatIsNone_RefusesTheRow(string fault, params string[] values)
    {
        GivenRows rows = GivenValues.Read(Schema, values);
        Assert.Contains(fault, Assert.Single(rows.Rows).Fault, StringComparison.Ordinal);
        Assert.Equal(0, rows.Sound.Count);
    }

    [Theory]
    [InlineData("'JFK' is no column=value and no file; the model reads origin=…, distance=…, note=…", "JFK", "distance=1")]
    [InlineData("the model does not read the column 'orgin'; did you mean 'origin'?", "orgin=JFK", "distance=1")]
    [InlineData("the model does not read the column ''", "=JFK", "origin=JFK", "distance=1")]
    [InlineData("the column 'distance' is missing; expected a number such as 12.5. The model reads origin, distance, note", "origin=JFK")]
    [InlineData("the column 'origin' is given twice", "origin=JFK", "origin=ATL", "distance=1")]
    [InlineData("the columns 'origin' and 'Origin' differ only in case; take one out", "origin=JFK", "Origin=ATL", "distance=1")]
    public void Columns_OfAnotherModel_AreRefused(string refusal, params string[] values) =>
        Assert.Contains(refusal, Assert.Throws<InvalidDataSourceException>(() => GivenValues.Read(Schema, values)).Message, StringComparison.Ordinal);
}
