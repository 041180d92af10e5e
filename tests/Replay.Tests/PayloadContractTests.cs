using System.Reflection;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Retraining;
using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Lifecycle.Replay.Tests;

/// <summary>
/// What every start, signal and update of every workflow says to an argument that is none, found by reflection, so that a new one is
/// held to it as well.
/// </summary>
public sealed class PayloadContractTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static TheoryData<string> Arguments() => [.. Parameters().Select(NameOf)];

    [Theory]
    [MemberData(nameof(Arguments))]
    public void Argument_ThatIsNull_IsRefused_UnlessItsTypeSaysThatItMayBe(string argument)
    {
        ParameterInfo parameter = Parameters().First(candidate => NameOf(candidate) == argument);
        if (Nullability.Create(parameter).WriteState == NullabilityState.NotNull && parameter.ParameterType != typeof(Domain.Releases.ChannelEntry))
        {
            Assert.Throws<JsonException>(() => Read("null", parameter.ParameterType));
        }
        else
        {
            Assert.Null(Read("null", parameter.ParameterType));
        }
    }

    [Theory]
    [MemberData(nameof(Arguments))]
    public void Argument_OfAnotherShape_IsRefused(string argument)
    {
        Type type = Parameters().First(candidate => NameOf(candidate) == argument).ParameterType;
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);
        foreach (string wrong in type == typeof(string) ? ["{}", "[1]", "7"] : (string[])["[]", "7", "\"text\"", "[null]", deep, "{\"model\":"])
        {
            Assert.Throws<JsonException>(() => Read(wrong, type));
        }
    }

    [Theory]
    [InlineData(typeof(Domain.Runs.RetrainingRequest), """{"modell":"x"}""", "model")]
    [InlineData(typeof(Domain.Runs.RetrainingRequest), """{"model":"x","snapshoot":"2020-05"}""", "snapshoot")]
    [InlineData(typeof(Domain.Runs.RetrainingRequest), """{"model":null}""", "model")]
    [InlineData(typeof(Domain.Runs.RetrainingRequest), """{"model":"x","model":"y"}""", "model")]
    [InlineData(typeof(Domain.Runs.RetrainingRequest), """{"model":"x","trigger":null}""", "trigger")]
    [InlineData(typeof(Domain.Runs.RetrainingRequest), """{"model":"x","trigger":{"kind":7}}""", "kind")]
    [InlineData(typeof(Domain.Runs.RetrainingRequest), """{"model":7}""", "model")]
    [InlineData(typeof(Domain.Scoring.ScoringRequest), """{"model":"x","key":"k","source":null}""", "source")]
    [InlineData(typeof(Domain.Scoring.ScoringRequest), """{"model":"x","key":"k","source":{"files":[null]}}""", "files")]
    [InlineData(typeof(Domain.Scoring.ScoringRequest), """{"model":"x","key":"k","source":{"blobPrefix":"a/","blobPrefx":"b"}}""", "blobPrefx")]
    [InlineData(typeof(Domain.Sensors.DataArrival), """{"sensor":"s","digest":"d","snapshoot":"2020-05"}""", "snapshoot")]
    [InlineData(typeof(Domain.Releases.Enrolment), """{"engineers":[null]}""", "engineers")]
    [InlineData(typeof(Domain.Releases.ChannelEntry), "{}", "model")]
    [InlineData(typeof(Domain.Releases.Publication), """{"directory":"d"}""", "releaseDigest")]
    [InlineData(typeof(Domain.Releases.DecisionStatement), """{"decision":"Approve","engineer":"ada","nonce":null}""", "")]
    [InlineData(typeof(Domain.Releases.DecisionEnvelope), """{"bundle":null}""", "bundle")]
    public void Record_WithAMemberThatIsWrong_IsRefusedByItsName(Type type, string json, string member)
    {
        var refused = Assert.Throws<JsonException>(() => Read(json, type));
        Assert.Contains(member, refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static object? Read(string json, Type type) => PayloadConversion.Converter.PayloadConverter.ToValue(
        new Payload { Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") }, Data = ByteString.CopyFrom(Encoding.UTF8.GetBytes(json)) }, type);

    private static string NameOf(ParameterInfo parameter) => $"{parameter.Member.DeclaringType!.Name}.{parameter.Member.Name}({parameter.Name})";

    private static IEnumerable<ParameterInfo> Parameters() => typeof(RetrainingWorkflow).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(WorkflowAttribute)))
        .SelectMany(type => type.GetMethods())
        .Where(method => method.IsDefined(typeof(WorkflowRunAttribute)) || method.IsDefined(typeof(WorkflowSignalAttribute)) || method.IsDefined(typeof(WorkflowUpdateAttribute)))
        .SelectMany(method => method.GetParameters())
        .Where(parameter => !parameter.ParameterType.IsValueType);
}
