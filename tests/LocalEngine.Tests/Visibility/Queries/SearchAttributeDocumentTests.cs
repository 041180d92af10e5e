using Google.Protobuf;
using Lifecycle.LocalEngine.Visibility.Queries;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Tests.Visibility.Queries;

public sealed class SearchAttributeDocumentTests
{
    [Fact]
    public void Write_NoAttributes_IsAnEmptyObject() => Assert.Equal("{}", SearchAttributeDocument.Write(null, "default", Type));

    [Theory]
    [InlineData("Kw", "\"a\"", """{"Kw":"a"}""")]
    [InlineData("Kw", "[\"a\"]", """{"Kw":"a"}""")]
    [InlineData("Kw", "null", "{}")]
    [InlineData("Int", "5", """{"Int":5}""")]
    [InlineData("Double", "1", """{"Double":1}""")]
    [InlineData("Bool", "true", """{"Bool":1}""")]
    [InlineData("Time", "\"1970-01-01T00:00:01.0000002Z\"", """{"Time":10000002}""")]
    [InlineData("Text", "\"Hello, World-wide x_y\"", """{"Text":["hello","world","wide","x","y"]}""")]
    [InlineData("List", "[\"a\",\"b\"]", """{"List":["a","b"]}""")]
    public void Write_ValueOfItsType_BecomesComparable(string name, string json, string expected) =>
        Assert.Equal(expected, SearchAttributeDocument.Write(Attributes(name, json), "default", Type));

    [Fact]
    public void Write_NullWithoutJson_IsLeftOut() => Assert.Equal("{}", SearchAttributeDocument.Write(
        new() { IndexedFields = { ["Int"] = new Payload { Metadata = { ["encoding"] = ByteString.CopyFromUtf8("binary/null") } } } }, "default", Type));

    [Theory]
    [InlineData("Int", "\"abc\"", "invalid value for search attribute Int of type Int: abc")]
    [InlineData("Int", "1.5", "invalid value for search attribute Int of type Int: 1.5")]
    [InlineData("Int", "\"5\"", "invalid value for search attribute Int of type Int: 5")]
    [InlineData("Bool", "\"x\"", "invalid value for search attribute Bool of type Bool: x")]
    [InlineData("Time", "\"2020\"", "invalid value for search attribute Time of type Datetime: 2020")]
    [InlineData("List", "\"a\"", "invalid value for search attribute List of type KeywordList: a")]
    [InlineData("List", "[\"a\",1]", "invalid value for search attribute List of type KeywordList: [a 1]")]
    [InlineData("Kw", "[\"a\",\"b\"]", "invalid value for search attribute Kw of type Keyword: [a b]")]
    [InlineData("Kw", "5", "invalid value for search attribute Kw of type Keyword: 5")]
    [InlineData("Kw", "{broken", "invalid value for search attribute Kw of type Keyword: 7 bytes that are not JSON")]
    [InlineData("Nope", "1", "Namespace default has no mapping defined for search attribute Nope")]
    [InlineData("WorkflowId", "\"x\"", "WorkflowId attribute can't be set in SearchAttributes")]
    public void Write_OtherValue_IsRefused(string name, string json, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidSearchAttributeException>(() => SearchAttributeDocument.Write(Attributes(name, json), "default", Type)).Message);

    private static IndexedValueType? Type(string name) => name switch
    {
        "Kw" => IndexedValueType.Keyword,
        "Int" => IndexedValueType.Int,
        "Double" => IndexedValueType.Double,
        "Bool" => IndexedValueType.Bool,
        "Time" => IndexedValueType.Datetime,
        "Text" => IndexedValueType.Text,
        "List" => IndexedValueType.KeywordList,
        _ => null,
    };

    private static SearchAttributes Attributes(string name, string json) =>
        new() { IndexedFields = { [name] = new Payload { Data = ByteString.CopyFromUtf8(json) } } };
}
