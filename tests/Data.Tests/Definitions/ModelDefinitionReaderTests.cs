using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Domain;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Training;

namespace Lifecycle.Data.Tests.Definitions;

public sealed class ModelDefinitionReaderTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_CompleteDefinition_FillsEveryPart()
    {
        LoadedModelDefinition loaded = ModelDefinitionReader.Read(folder.Path);

        ModelDefinition definition = loaded.Definition;
        Assert.Equal("toy", definition.Name);
        Assert.Equal(["one", "two"], definition.Snapshots.Select(snapshot => snapshot.Id));
        Assert.Equal(new DateOnly(2024, 2, 29), definition.Snapshots[1].Cutoff);
        Assert.Equal(ColumnType.Number, definition.Contract.Columns["share"].Type);
        Assert.Equal(["0", "1"], definition.Contract.Columns["label"].AllowedValues);
        Assert.Equal(new RowTransform.CharacterNgrams { MaximumLength = 3 }, definition.Features.Transforms[0]);
        Assert.IsType<RowTransform.ShapeCounts>(definition.Features.Transforms[1]);
        Assert.Equal("length(word) > 5", definition.Slices["long"]);
    }

    [Fact]
    public void Read_KeysLeftOut_TakeTheRecordsDefaults()
    {
        ModelDefinition definition = ModelDefinitionReader.Read(folder.Path).Definition;

        Assert.Equal(new TrainerDefinition.LightGbm(), definition.Trainer);
        Assert.Equal(new GatePolicy { PrimarySlice = "long" }.MinimumAreaUnderCurve, definition.Gate.MinimumAreaUnderCurve);
        Assert.Equal("label", definition.Features.Label);
        Assert.Equal(TimeSpan.FromDays(7), definition.Approval.Timeout);
    }

    [Fact]
    public void Read_Always_ReturnsTheBytesWithTheirDigest()
    {
        LoadedModelDefinition loaded = ModelDefinitionReader.Read(folder.Path);

        byte[] bytes = File.ReadAllBytes(Path.Combine(folder.Path, "model.yaml"));
        Assert.Equal(bytes, loaded.Bytes);
        Assert.Equal(Sha256Digest.Of(bytes), loaded.Sha256);
    }

    [Fact]
    public void Read_ScalarsThatLookLikeNumbers_StayTextWhereTextIsWanted()
    {
        folder.Change("    cutoff: 2024-01-31", "    cutoff: 2024-01-31\n    parameters: { version: 1.10, flag: true }");
        folder.Change("    cutoff: 2024-02-29", "    cutoff: 2024-02-29\n    parameters: { version: '', flag: no }");

        ModelDefinition definition = ModelDefinitionReader.Read(folder.Path).Definition;

        Assert.Equal("1.10", definition.Snapshots[0].Parameters["version"]);
        Assert.Equal("true", definition.Snapshots[0].Parameters["flag"]);
        Assert.Equal("", definition.Snapshots[1].Parameters["version"]);
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("36h", 129_600)]
    [InlineData("7d", 604_800)]
    public void Read_Duration_CountsItsUnit(string duration, int seconds)
    {
        folder.Change("gate:", $"approval: {{ timeout: {duration} }}\ngate:");

        Assert.Equal(TimeSpan.FromSeconds(seconds), ModelDefinitionReader.Read(folder.Path).Definition.Approval.Timeout);
    }

    [Theory]
    [InlineData("disposable-domain")]
    [InlineData("tracker-host")]
    public void Read_ModelOfTheRepository_IsConsistent(string model)
    {
        LoadedModelDefinition loaded = new ModelCatalog(Checkout.Models).Read(model);

        Assert.Equal(model, loaded.Definition.Name);
    }
}
