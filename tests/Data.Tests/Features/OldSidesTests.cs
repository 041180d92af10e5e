using System.Text;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tests.Testing;
using Lifecycle.Domain;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Tests.Features;

/// <summary>Sides of a split as they were written before there were schemas and targets.</summary>
public sealed class OldSidesTests : IDisposable
{
    private const string Old = """
        SELECT 'k' || range AS key, 'text ' || range AS input, (range % 2)::TINYINT AS label, 1.5::DOUBLE AS weight, 'c' || (range // 2) AS cluster,
            if(range = 0, NULL, 1)::TINYINT AS lookup, range > 2 AS slice_new FROM range(5)
        """;

    private static readonly InputSchema Schema = new([new InputColumn { Name = "domain", Type = InputType.HostName }]);

    private readonly ScratchParquet parquet = new();

    public void Dispose() => parquet.Dispose();

    [Fact]
    public void Read_FileWithOneText_GivesItToAModelOfOneText()
    {
        RowSet rows = RowSets.Read(parquet.Write(Old), Schema, RowParts.All, new DataLimits());

        Assert.Equal(["text 0", "text 1", "text 2", "text 3", "text 4"], Assert.IsType<InputValues.Texts>(Assert.Single(rows.Inputs.Columns)).Values);
        Assert.Equal([0, 1, 0, 1, 0], rows.Labels);
        Assert.Equal([1.5, 1.5, 1.5, 1.5, 1.5], rows.Weights);
        Assert.Equal([0, 0, 1, 1, 2], rows.Clusters);
        Assert.Equal([double.NaN, 1, 1, 1, 1], rows.Lookups);
        Assert.Equal([false, false, false, true, true], rows.Slices["new"]);
    }

    [Fact]
    public void Read_WhatNobodyAsksFor_StaysEmpty()
    {
        RowSet rows = RowSets.Read(parquet.Write(Old), Schema, RowParts.Keys, new DataLimits());

        Assert.Equal((5, 0, 0, 0, 0), (rows.Keys.Length, rows.Weights.Length, rows.Clusters.Length, rows.Lookups.Length, rows.Slices.Count));
    }

    [Fact]
    public void Read_InputThatTheFileDoesNotHave_IsNamed()
    {
        InputSchema other = new([.. Schema.Columns, new InputColumn { Name = "age", Type = InputType.Integer }]);

        InvalidDataSourceException refused = Assert.Throws<InvalidDataSourceException>(() => RowSets.Read(parquet.Write(Old), other, RowParts.None, new DataLimits()));

        Assert.Equal(
            "'rows.parquet' has no column 'input_domain' for the input 'domain'; it has key, input, label, weight, cluster, lookup, slice_new. It was split for other inputs: split the snapshot anew",
            refused.Message);
    }

    [Fact]
    public void Read_FileThatIsNoSide_IsNamed() => Assert.Equal(
        "'rows.parquet' has no column 'label', so it is no side of a split; it has x",
        Assert.Throws<InvalidDataSourceException>(() => RowSets.Read(parquet.Write("SELECT 1 AS x"), Schema, RowParts.None, new DataLimits())).Message);

    [Fact]
    public void Record_ThatCountsPositives_IsReadAsTwoClasses()
    {
        const string old = """{"rows":{"sha256":"00","bytes":1,"uri":"blob://x","mediaType":"x"},"rowCount":10,"positiveCount":3}""";

        TrainingSet read = DomainJson.ReadRecord<TrainingSet>(Encoding.UTF8.GetBytes(old), "old");

        Assert.Equal(LabelSummary.OfPositives(10, 3), read.Labels);
        Assert.Equal("0: 7 rows, 1: 3 rows", read.Labels.Sentence);
        Assert.Equal(read, DomainJson.ReadRecord<TrainingSet>(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(read, DomainJson.Compact), "new"));
    }
}
