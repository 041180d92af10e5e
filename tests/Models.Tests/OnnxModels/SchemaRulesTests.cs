using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>Which values are those of a column, and what a person is told of the others.</summary>
public sealed class SchemaRulesTests
{
    private static readonly InputColumn Other = new() { Name = "other", Type = InputType.Category };

    [Theory]
    [InlineData(-2.5f, null)]
    [InlineData(0.1f, null)]
    [InlineData(0.3f, "column 'x' is 0.3; expected a finite number from -2.5 to 0.1")]
    [InlineData(float.NegativeInfinity, "column 'x' is -Infinity; expected a finite number from -2.5 to 0.1")]
    [InlineData(float.NaN, "column 'x' is missing; expected a finite number from -2.5 to 0.1")]
    public void Fault_OfANumber_IsSaidInASentence(float value, string? fault) =>
        Assert.Equal(fault, FaultOf(new InputColumn { Name = "x", Type = InputType.Number, Minimum = -2.5, Maximum = 0.1 }, new InputValues.Numbers([value])));

    [Theory]
    [InlineData(InputType.Integer, 7, null)]
    [InlineData(InputType.Integer, 6, "column 'x' is 6; expected a whole number of at least 7")]
    [InlineData(InputType.Integer, long.MaxValue, null)]
    [InlineData(InputType.Boolean, 2, "column 'x' is 2; expected true or false of at least 7")]
    public void Fault_OfAWholeNumber_IsSaidInASentence(InputType type, long value, string? fault) =>
        Assert.Equal(fault, FaultOf(new InputColumn { Name = "x", Type = type, Minimum = 7 }, new InputValues.Integers([value], [])));

    [Theory]
    [InlineData(0, null)]
    [InlineData(253_402_300_799_999_999, null)]
    [InlineData(253_402_300_800_000_000, "column 'x' is 253402300800000000; expected microseconds since 1970 of a time in the years 1 to 9999")]
    [InlineData(-62_135_596_800_000_001, "column 'x' is -62135596800000001; expected microseconds since 1970 of a time in the years 1 to 9999")]
    public void Fault_OfATime_IsSaidInASentence(long value, string? fault) =>
        Assert.Equal(fault, FaultOf(new InputColumn { Name = "x", Type = InputType.Timestamp }, new InputValues.Integers([value], [])));

    [Theory]
    [InlineData(InputType.Category, "", null)]
    [InlineData(InputType.Category, "toolong", "column 'x': 'toolong' is 7 bytes long; expected at most 5")]
    [InlineData(InputType.Text, "", "column 'x': the input is empty; expected a text of 1 to 5 bytes without control characters")]
    [InlineData(InputType.Text, null, "column 'x' is missing; expected a text of 1 to 5 bytes without control characters")]
    [InlineData(InputType.HostName, "a.de.", null)]
    public void Fault_OfAText_IsSaidInASentence(InputType type, string? value, string? fault) =>
        Assert.Equal(fault, FaultOf(new InputColumn { Name = "x", Type = type, MaximumBytes = 5 }, new InputValues.Texts([value])));

    [Fact]
    public void Fault_OfMissingValuesThatMayBe_IsNone()
    {
        InputSchema schema = new([.. Enum.GetValues<InputType>().Select(type => new InputColumn { Name = type.ToString(), Type = type, Nullable = true, Minimum = 5 })]);
        InputRows rows = new(schema, [.. schema.Columns.Select(column => column.Type switch
        {
            InputType.Number => (InputValues)new InputValues.Numbers([float.NaN]),
            InputType.Integer or InputType.Boolean or InputType.Timestamp => new InputValues.Integers([0], [false]),
            _ => new InputValues.Texts([null]),
        })]);

        Assert.Equal([null], new SchemaRules(schema).Faults(rows));
    }

    [Theory]
    [InlineData("x", InputType.Integer, null)]
    [InlineData("x", InputType.Number, "column 'x' is of type Number; expected Integer")]
    [InlineData("y", InputType.Integer, "column 'x' is missing; found 'other', 'y'")]
    public void Mismatch_OfOtherColumns_NamesTheFirst(string name, InputType type, string? mismatch) =>
        Assert.Equal(mismatch, new SchemaRules(new InputSchema([new InputColumn { Name = "x", Type = InputType.Integer }, Other])).Mismatch(new InputSchema([Other, new InputColumn { Name = name, Type = type }])));

    private static string? FaultOf(InputColumn column, InputValues values) =>
        new SchemaRules(new InputSchema([column, Other])).Faults(new InputRows(new InputSchema([column, Other]), [values, new InputValues.Texts(["any"])]))[0];
}
