using System.Text.Json;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;
using Lifecycle.Domain;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Tests.Definitions;

/// <summary>A definition with one DataSnapshot for each period of the calendar.</summary>
public sealed class RollingSnapshotTests : IDisposable
{
    private const string List = "snapshots:\n  - id: one\n    cutoff: 2024-01-31\n  - id: two\n    cutoff: 2024-02-29\n";

    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("quarter", "1995-Q1", "1995-Q3", "5y", "1995-Q1 1995-03-31 1990-04-01, 1995-Q2 1995-06-30 1990-07-01, 1995-Q3 1995-09-30 1990-10-01")]
    [InlineData("month", "2000-01", "2000-03", "18mo", "2000-01 2000-01-31 1998-08-01, 2000-02 2000-02-29 1998-09-01, 2000-03 2000-03-31 1998-10-01")]
    [InlineData("year", "1999", "2000", "4q", "1999 1999-12-31 1999-01-01, 2000 2000-12-31 2000-01-01")]
    [InlineData("month", "2001-12", "2002-01", "1mo", "2001-12 2001-12-31 2001-12-01, 2002-01 2002-01-31 2002-01-01")]
    public void Read_Rolling_GivesASnapshotForEachPeriod(string every, string first, string last, string window, string expected)
    {
        folder.Change(List, $"snapshots:\n  rolling: {{ every: {every}, first: {first}, last: {last}, window: {window} }}\n");

        ModelDefinition definition = ModelDefinitionReader.Read(folder.Path).Definition;

        Assert.Equal(expected, string.Join(", ", definition.Snapshots.Select(one => $"{one.Id} {one.Cutoff:yyyy-MM-dd} {one.Parameters["from"]}")));
    }

    [Theory]
    [InlineData("{ every: quarter, first: 1995-1, last: 1995-Q3, window: 5y }", "'first' is '1995-1'; expected a quarter such as 1995-Q1")]
    [InlineData("{ every: quarter, first: 1995-Q5, last: 1995-Q3, window: 5y }", "'first' is '1995-Q5'")]
    [InlineData("{ every: month, first: 1995-13, last: 1995-12, window: 5y }", "'first' is '1995-13'; expected a month such as 1995-03")]
    [InlineData("{ every: month, first: 1995-03, last: 95-12, window: 5y }", "'last' is '95-12'")]
    [InlineData("{ every: year, first: 0000, last: 1995, window: 5y }", "'first' is '0000'; expected a year such as 1995")]
    [InlineData("{ every: quarter, first: 1995-Q3, last: 1995-Q1, window: 5y }", "'last' is '1995-Q1', before 'first', '1995-Q3'")]
    [InlineData("{ every: quarter, first: 1995-Q1, last: 1995-Q3, window: 5 }", "'window' is '5'; expected a length such as 5y")]
    [InlineData("{ every: quarter, first: 1995-Q1, last: 1995-Q3, window: 0y }", "'window' is '0y'")]
    [InlineData("{ every: quarter, first: 1995-Q1, last: 1995-Q3, window: -5y }", "'window' is '-5y'")]
    [InlineData("{ every: month, first: 1900-01, last: 1999-12, window: 5y }", "there are 1200 periods; expected at most 400")]
    [InlineData("{ every: week, first: 1995-Q1, last: 1995-Q3, window: 5y }", "'snapshots.rolling.every' is 'week'; expected one of month, quarter, year")]
    [InlineData("{ every: quarter, first: 1995-Q1, window: 5y }", "required key 'snapshots.rolling.last' is missing")]
    [InlineData("3", "'snapshots.rolling' is '3'; expected keys and values")]
    public void Read_RollingThatCannotBeMeant_SaysWhatAndWhatToDo(string rolling, string expected)
    {
        folder.Change(List, $"snapshots:\n  rolling: {rolling}\n");

        Assert.Contains(expected, Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Document_OfEitherForm_IsReadAgain()
    {
        ModelDefinition listed = ModelDefinitionReader.Read(folder.Path).Definition;
        folder.Change(List, "snapshots:\n  rolling: { every: quarter, first: 1995-Q1, last: 1995-Q3, window: 5y }\n");
        ModelDefinition rolling = ModelDefinitionReader.Read(folder.Path).Definition;

        Assert.All([listed, rolling], definition => Assert.Equal(
            definition.Snapshots.Select(one => one.Id),
            JsonSerializer.Deserialize<ModelDefinition>(JsonSerializer.Serialize(definition, DomainJson.Compact), DomainJson.Compact)!.Snapshots.Select(one => one.Id)));
    }
}
