using Lifecycle.Domain;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Lifecycle.Workflows;

/// <summary>
/// How records become Temporal payloads: plain JSON in the dialect of <see cref="DomainJson"/>, so that a person can type an
/// input for the <c>temporal</c> command line and read every payload in Temporal UI.
/// </summary>
public static class PayloadConversion
{
    /// <summary>The converter that every client, worker and replayer uses.</summary>
    public static DataConverter Converter { get; } = DataConverter.Default with
    {
        PayloadConverter = new DomainPayloadConverter(),
        FailureConverter = new DomainFailureConverter(),
    };

    private sealed class DomainPayloadConverter : IPayloadConverter
    {
        private readonly DefaultPayloadConverter plain = new JsonPayloadConverter();

        public Payload ToPayload(object? value) => plain.ToPayload(value);

        public object? ToValue(Payload payload, Type type) =>
            plain.ToValue(payload, type) is { } value ? value : PayloadContract.AllowNull(type);

        private sealed class JsonPayloadConverter() : DefaultPayloadConverter(DomainJson.Compact);
    }
}
