using Lifecycle.Data.Tests.Testing;
using Lifecycle.Definitions;
using Lifecycle.Definitions.Problems;

namespace Lifecycle.Data.Tests.Definitions;

public sealed class HostileDefinitionTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "models/toy/model.yaml: the file is empty")]
    [InlineData("- a\n- b\n", "models/toy/model.yaml:1: found a list; expected keys and values")]
    [InlineData("just text", "models/toy/model.yaml:1: found 'just text'; expected keys and values")]
    [InlineData("name: toy\n---\nname: toy\n", "models/toy/model.yaml:2: a second document begins")]
    [InlineData("name: &n toy\nowner: x\n", "models/toy/model.yaml:1: anchor '&n' is not supported")]
    [InlineData("name: toy\nowner: *n\n", "models/toy/model.yaml:2: alias '*n' is not supported")]
    [InlineData("name: !!binary toy\n", "models/toy/model.yaml:1: tag ")]
    [InlineData("name: toy\n owner: x\n", "models/toy/model.yaml:2: not valid YAML: ")]
    [InlineData("name: [toy\n", "models/toy/model.yaml:2: not valid YAML: ")]
    [InlineData("name: toy\nowner: \"a\0b\"\n", "models/toy/model.yaml:2: control character U+0000")]
    [InlineData("? [a, b]\n: c\n", "models/toy/model.yaml:1: a key is a list or a mapping")]
    public void Read_NotOnePlainMapping_IsOneClearError(string text, string expected)
    {
        folder.Write("model.yaml", text);

        ModelDefinitionException exception = Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path));

        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
        Assert.Single(exception.Problems);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Read_NestedThousandsDeep_IsRefusedWithoutExhaustingTheStack(string opening)
    {
        folder.Write("model.yaml", "name: " + string.Concat(Enumerable.Repeat(opening, 60_000 / opening.Length)));

        ModelDefinitionException exception = Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path));

        Assert.Matches("nested deeper than 16 levels|not valid YAML", exception.Message);
    }

    [Fact]
    public void Read_FileAboveTheLimit_IsRefusedUnread()
    {
        folder.Write("model.yaml", "name: " + new string('x', ModelDefinitionReader.MaximumBytes));

        ModelDefinitionException exception = Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path));

        Assert.Contains("expected at most 65536", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BytesThatAreNotUtf8_NamesTheLine()
    {
        File.WriteAllBytes(Path.Combine(folder.Path, "model.yaml"), [.. "name: toy\nowner: "u8, 0xFF, 0xFE, .. "\n"u8]);

        ModelDefinitionException exception = Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path));

        Assert.StartsWith("models/toy/model.yaml:2: bytes that are not UTF-8", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ByteOrderMark_IsIgnored()
    {
        File.WriteAllText(Path.Combine(folder.Path, "model.yaml"), ModelFolder.Definition, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal("toy", ModelDefinitionReader.Read(folder.Path).Definition.Name);
    }

    [Fact]
    public void Read_FolderWithoutDefinition_SaysHowToAddAModel()
    {
        File.Delete(Path.Combine(folder.Path, "model.yaml"));

        ModelDefinitionException exception = Assert.Throws<ModelDefinitionException>(() => ModelDefinitionReader.Read(folder.Path));

        Assert.StartsWith("models/toy/model.yaml: no such file", exception.Message, StringComparison.Ordinal);
    }
}
