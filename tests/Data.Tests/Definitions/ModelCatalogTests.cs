using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;

namespace Lifecycle.Data.Tests.Definitions;

public sealed class ModelCatalogTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Names_FoldersWithDefinition_AreListedAndOthersNot()
    {
        string models = Path.GetDirectoryName(folder.Path)!;
        Directory.CreateDirectory(Path.Combine(models, "notes"));

        Assert.Equal(["toy"], new ModelCatalog(models).Names);
    }

    [Fact]
    public void Names_NoSuchFolder_AreEmpty() => Assert.Empty(new ModelCatalog(Path.Combine(folder.Root, "nowhere")).Names);

    [Theory]
    [InlineData("tyo", "no model 'tyo'; did you mean 'toy'?")]
    [InlineData("../models/toy", "no model '../models/toy'; there are: toy")]
    public void Read_UnknownModel_NamesTheNearest(string name, string expected)
    {
        ModelCatalog catalog = new(Path.GetDirectoryName(folder.Path)!);

        ModelDefinitionException exception = Assert.Throws<ModelDefinitionException>(() => catalog.Read(name));

        Assert.Equal($"models: {expected}", exception.Message);
    }
}
