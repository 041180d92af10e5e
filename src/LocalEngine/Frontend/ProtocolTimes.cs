using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.History;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>
/// Durations and timestamps of a request, brought into the form that the protocol's types promise: the official server reads
/// nanoseconds beyond a second as seconds, and no duration as longer than its own type holds, some 292 years.
/// </summary>
internal static class ProtocolTimes
{
    private const int NanosPerSecond = 1_000_000_000;
    private const long LongestSeconds = long.MaxValue / NanosPerSecond;
    private static readonly long FirstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    // The official server refuses signs that differ in these, and takes the sum elsewhere.
    private static readonly ImmutableHashSet<MessageDescriptor> Strict =
        [StartWorkflowExecutionRequest.Descriptor, SignalWithStartWorkflowExecutionRequest.Descriptor, RetryPolicy.Descriptor];

    private static readonly ConcurrentDictionary<MessageDescriptor, ImmutableArray<FieldDescriptor>> Fields = new();

    /// <summary>Normalises what the message holds, at any depth.</summary>
    public static void Normalize(IMessage message)
    {
        switch (message)
        {
            case Duration duration:
                (duration.Seconds, duration.Nanos) = Carry(duration.Seconds, duration.Nanos, -LongestSeconds, LongestSeconds);
                if (duration is { Seconds: > 0, Nanos: < 0 })
                {
                    (duration.Seconds, duration.Nanos) = (duration.Seconds - 1, duration.Nanos + NanosPerSecond);
                }
                else if (duration is { Seconds: < 0, Nanos: > 0 })
                {
                    (duration.Seconds, duration.Nanos) = (duration.Seconds + 1, duration.Nanos - NanosPerSecond);
                }

                return;
            case Timestamp timestamp:
                (timestamp.Seconds, timestamp.Nanos) = Carry(timestamp.Seconds, timestamp.Nanos, FirstSecond + 1, LastSecond - 1);
                if (timestamp.Nanos < 0)
                {
                    (timestamp.Seconds, timestamp.Nanos) = (timestamp.Seconds - 1, timestamp.Nanos + NanosPerSecond);
                }

                return;
            default:
                foreach (var field in Fields.GetOrAdd(message.Descriptor, WithTimes))
                {
                    var value = field.Accessor.GetValue(message);
                    if (value is Duration { Seconds: > 0, Nanos: < 0 } or Duration { Seconds: < 0, Nanos: > 0 } && Strict.Contains(message.Descriptor))
                    {
                        throw RefusedException.Invalid($"{field.JsonName} is a duration whose seconds and nanoseconds differ in sign");
                    }

                    NormalizeField(value);
                }

                return;
        }
    }

    private static void NormalizeField(object? value)
    {
        switch (value)
        {
            case IMessage message:
                Normalize(message);
                break;
            case IDictionary map:
                NormalizeField(map.Values);
                break;
            case IEnumerable items:
                foreach (var item in items.OfType<IMessage>())
                {
                    Normalize(item);
                }

                break;
        }
    }

    private static (long Seconds, int Nanos) Carry(long seconds, int nanos, long least, long most) =>
        (Math.Clamp(Math.Clamp(seconds, least, most) + (nanos / NanosPerSecond), least, most), nanos % NanosPerSecond);

    private static ImmutableArray<FieldDescriptor> WithTimes(MessageDescriptor type) =>
        [.. type.Fields.InDeclarationOrder().Where(field => HoldsTime(field, []))];

    private static bool HoldsTime(FieldDescriptor field, HashSet<MessageDescriptor> seen) => field.FieldType == FieldType.Message
        && (IsTime(field.MessageType) || (seen.Add(field.MessageType) && field.MessageType.Fields.InDeclarationOrder().Any(inner => HoldsTime(inner, seen))));

    private static bool IsTime(MessageDescriptor type) => type == Duration.Descriptor || type == Timestamp.Descriptor;
}
