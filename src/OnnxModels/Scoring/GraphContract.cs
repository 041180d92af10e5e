using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lifecycle.Domain;
using Lifecycle.Domain.Schemas;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// What a file says of its inputs and its answer, as JSON in its metadata: a list of columns, and a target. Files from before say neither:
/// they read one text, <c>input</c>, and answer a probability.
/// </summary>
/// <param name="Schema">The columns.</param>
/// <param name="Target">What the answer is; binary where the file does not say.</param>
/// <param name="OfOneRank">Whether the file is from before: its input has rank 1.</param>
internal sealed record GraphContract(InputSchema Schema, Target Target, bool OfOneRank)
{
    /// <summary>Property with what the intervals promise, of a model that gives some.</summary>
    public const string IntervalsKey = "lifecycle.intervals";

    /// <summary>Property with the columns.</summary>
    public const string SchemaKey = "lifecycle.schema";

    /// <summary>Property with the target.</summary>
    public const string TargetKey = "lifecycle.target";

    private const string OldName = "input";
    private const string OldTypeKey = "lifecycle.input_kind";
    private const string OldBytesKey = "lifecycle.maximum_input_bytes";

    private static readonly JsonSerializerOptions Strict = new(DomainJson.Compact) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>What the intervals beside each answer promise; null where there are none.</summary>
    public IntervalDefinition? Intervals { get; init; }

    /// <summary>The metadata of a graph with these columns.</summary>
    public static Dictionary<string, string> MetadataOf(InputSchema schema) =>
        new(StringComparer.Ordinal) { [SchemaKey] = JsonSerializer.Serialize(schema.Columns, DomainJson.Compact) };

    /// <summary>What the metadata of a graph that answers have besides.</summary>
    public static Dictionary<string, string> MetadataOf(Target target) =>
        new(StringComparer.Ordinal) { [TargetKey] = JsonSerializer.Serialize(target, DomainJson.Compact) };

    /// <summary>What the metadata of a graph with intervals have besides; nothing for none.</summary>
    public static Dictionary<string, string> MetadataOf(IntervalDefinition? intervals) => intervals is null
        ? []
        : new(StringComparer.Ordinal) { [IntervalsKey] = JsonSerializer.Serialize(intervals, DomainJson.Compact) };

    /// <summary>Reads what a model's metadata say.</summary>
    /// <exception cref="InvalidOnnxModelException">They say nothing, or what cannot be.</exception>
    public static GraphContract Read(IReadOnlyDictionary<string, string> metadata)
    {
        Target target = metadata.TryGetValue(TargetKey, out string? answer) ? Parse<Target>(TargetKey, answer) : new Target.Binary();
        if (target.Width < 1)
        {
            throw Fault(TargetKey, answer, "a target with classes");
        }

        if (target.Decides is { From: not (> 0 and < 1) })
        {
            throw Fault(TargetKey, answer, "a decision from a probability between 0 and 1 on");
        }

        return metadata.TryGetValue(SchemaKey, out string? columns)
            ? new GraphContract(Sound(columns), target, OfOneRank: false) { Intervals = Promise(metadata, target) }
            : new GraphContract(new InputSchema([OldColumn(metadata)]), target, OfOneRank: true);
    }

    private static IntervalDefinition? Promise(IReadOnlyDictionary<string, string> metadata, Target target) =>
        !metadata.TryGetValue(IntervalsKey, out string? text) ? null
        : Parse<IntervalDefinition>(IntervalsKey, text) is { Coverage: > 0 and < 1 } intervals && target.Answer == AnswerForm.Value ? intervals
        : throw Fault(IntervalsKey, text, "a coverage between 0 and 1, of a model that answers a number");

    private static InputSchema Sound(string json)
    {
        ImmutableArray<InputColumn> columns = Parse<ImmutableArray<InputColumn>>(SchemaKey, json);
        bool isSound = !columns.IsDefaultOrEmpty
            && columns.All(column => column is { Name.Length: > 0, MaximumBytes: > 0 } && !(column.Minimum > column.Maximum))
            && columns.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count() == columns.Length;
        return isSound ? new InputSchema(columns) : throw Fault(SchemaKey, json, "at least one column, each name once, with bounds that a value can keep");
    }

    private static T Parse<T>(string key, string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Strict) ?? throw new JsonException("It is null.");
        }
        catch (JsonException malformed)
        {
            throw new InvalidOnnxModelException($"the model's metadata property '{key}' cannot be read: {malformed.Message.TrimEnd('.')}", malformed);
        }
    }

    private static InputColumn OldColumn(IReadOnlyDictionary<string, string> metadata)
    {
        string? kind = metadata.GetValueOrDefault(OldTypeKey);
        if (kind is not (nameof(InputType.Text) or nameof(InputType.HostName)))
        {
            throw kind is null && !metadata.ContainsKey(OldBytesKey) ? Fault(SchemaKey, null, "a list of columns") : Fault(OldTypeKey, kind, "Text or HostName");
        }

        string? bytes = metadata.GetValueOrDefault(OldBytesKey);
        return int.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out int maximum) && maximum > 0
            ? new InputColumn { Name = OldName, Type = Enum.Parse<InputType>(kind), MaximumBytes = maximum }
            : throw Fault(OldBytesKey, bytes, "a positive number of bytes");
    }

    private static InvalidOnnxModelException Fault(string key, string? found, string expected) =>
        new($"the model's metadata property '{key}' is {InputQuote.Of(found)}; expected {expected}");
}
