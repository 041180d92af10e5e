using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lifecycle.Definitions.Binding;
using Lifecycle.Domain.Kinds;
using Lifecycle.Domain.Models;

namespace Lifecycle.Data.Tests.Testing;

/// <summary>
/// The JSON Schema of model.yaml, or of another file that is read the same way, made from what the reader itself goes by: the serializer contract of the domain's records,
/// the table of ranges, and the records' own documentation.
/// </summary>
internal static partial class ModelSchema
{
    private static readonly Dictionary<string, string> Summaries = XDocument
        .Load(Path.ChangeExtension(typeof(ModelDefinition).Assembly.Location, "xml"))
        .Descendants("member")
        .ToDictionary(member => (string)member.Attribute("name")!, member => Flatten(member.Element("summary")));

    public static string Create() => Create(typeof(ModelDefinition), "model.yaml");

    /// <summary>The schema of the file that <paramref name="root"/> is read from.</summary>
    public static string Create(Type root, string title)
    {
        JsonObject schema = Exported(root);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(new JsonSerializerOptions(JsonSerializerOptions.Default) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static JsonObject Exported(Type type) => DefinitionJson.Options
        .GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform })
        .AsObject();

    /// <summary>All keys that a schema allows anywhere.</summary>
    public static IEnumerable<string> Keys(JsonNode? schema) => schema switch
    {
        JsonObject node => (node["properties"] as JsonObject ?? []).Select(property => property.Key).Concat(node.SelectMany(child => Keys(child.Value))),
        JsonArray list => list.SelectMany(Keys),
        _ => [],
    };

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type.GetCustomAttribute<TwoFormsAttribute>() is { } forms)
        {
            node = FormsOf(forms);
        }

        if (KindLists.Of(type) is { } kinds)
        {
            node = KindsOf(kinds);
        }

        if (node is not JsonObject schema)
        {
            return node;
        }

        // The exporter knows no kinds and no forms, and says nothing of elements that it knows nothing of.
        if (context.TypeInfo.ElementType is { } element && (KindLists.Of(element) is { } elements ? KindsOf(elements)
            : element.GetCustomAttribute<TwoFormsAttribute>() is { } many ? FormsOf(many) : null) is { } known)
        {
            schema[context.TypeInfo.Kind == JsonTypeInfoKind.Dictionary ? "additionalProperties" : "items"] = known;
        }

        if (type == typeof(TimeSpan))
        {
            schema = new JsonObject { ["type"] = "string", ["pattern"] = "^[1-9][0-9]{0,5}[smhd]$" };
        }

        if (type == typeof(string) && context.PropertyInfo is null)
        {
            schema["type"] = new JsonArray("string", "number", "boolean");
        }

        if (context.PropertyInfo is { AttributeProvider: MemberInfo member } property)
        {
            if (member.GetCustomAttribute<KeyedByAttribute>() is { } keyed)
            {
                schema = Keyed(schema, keyed.Member);
            }

            Describe(schema, property, member);
        }

        return schema;
    }

    private static JsonObject FormsOf(TwoFormsAttribute forms) =>
        new() { ["anyOf"] = new JsonArray([.. new[] { forms.Scalar, forms.List, forms.Mapping }.OfType<Type>().Select(Exported)]) };

    // Each kind offers its own keys alone.
    private static JsonObject KindsOf(IKindList kinds) => new()
    {
        ["type"] = "object",
        ["anyOf"] = new JsonArray([.. kinds.All.Select(kind => KindOf(kinds, kind))]),
    };

    private static JsonObject KindOf(IKindList kinds, Kind kind)
    {
        JsonObject schema = Exported(kind.Type);
        JsonObject properties = schema["properties"] as JsonObject ?? [];
        schema["properties"] = properties;
        properties.Insert(0, kinds.Discriminator, new JsonObject { ["const"] = kind.Name });
        if (kinds.Default != kind.Name)
        {
            schema["required"] = new JsonArray([kinds.Discriminator, .. (schema["required"] as JsonArray ?? []).Select(required => required!.DeepClone())]);
        }

        schema["type"] = "object";
        schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject Keyed(JsonObject list, string key)
    {
        JsonObject element = (JsonObject)list["items"]!.DeepClone();
        ((JsonObject)element["properties"]!).Remove(key);
        element["required"] = new JsonArray([.. ((JsonArray)element["required"]!).Where(required => required!.GetValue<string>() != key).Select(required => required!.DeepClone())]);
        return new JsonObject { ["type"] = "object", ["additionalProperties"] = element };
    }

    private static void Describe(JsonObject schema, JsonPropertyInfo property, MemberInfo member)
    {
        if (OptionRanges.Of(property.DeclaringType, member.Name) is { Minimum: > double.MinValue } range)
        {
            schema["minimum"] = range.Minimum;
            schema["maximum"] = range.Maximum;
        }

        string id = $"P:{property.DeclaringType.FullName!.Replace('+', '.')}.{member.Name}";
        schema.Insert(0, "description", Summaries[id]);
    }

    private static string Flatten(XElement? summary)
    {
        if (summary is null)
        {
            return "";
        }

        IEnumerable<string> pieces = summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")!.Value.Split('.', ':')[^1],
            XElement element => element.Value,
            _ => node.ToString(),
        });
        return Spaces().Replace(System.Net.WebUtility.HtmlDecode(string.Concat(pieces)), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
