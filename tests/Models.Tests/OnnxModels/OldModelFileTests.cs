using Google.Protobuf;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.Models.Tests.OnnxModels;

/// <summary>Published files stay readable.</summary>
public sealed class OldModelFileTests
{
    private static readonly string[] Hosts = ["a.com", "a.tk", "long-name.example.com", "long-name.example.tk"];

    // What the code that wrote the file said of these hosts.
    private static readonly float[] Expected = [0.22270015f, 0.3775407f, 0.7772999f, 0.8807971f];

    [Fact]
    public void OldFile_ReadsAsOneHostNameAndABinaryTarget()
    {
        using OnnxScorer scorer = new(OldModelFile.Bytes);

        Assert.Equal(new InputSchema([new InputColumn { Name = "input", Type = InputType.HostName }]), scorer.Schema);
        Assert.Equal(new Target.Binary(), scorer.Target);
        Assert.Equal("old", scorer.Metadata["lifecycle.model"]);
    }

    [Fact]
    public void OldFile_ScoresAsItDid()
    {
        using OnnxScorer scorer = new(OldModelFile.Bytes);

        Assert.Equal(Expected, scorer.Score(Hosts));
        Assert.Equal(Expected, Hosts.Select(scorer.Score));
        Assert.Throws<RefusedInputException>(() => scorer.Score("localhost"));
    }

    [Fact]
    public void OldFile_ScoresRowsOfAChallengersSchema_WhateverTheirTextIsCalled()
    {
        InputSchema challenger = new([new InputColumn { Name = "domain", Type = InputType.HostName }]);
        using OnnxScorer scorer = new(OldModelFile.Bytes);

        Assert.Null(scorer.RowRules.Mismatch(challenger));
        Assert.Equal(Expected, scorer.Score(InputRows.OfTexts(challenger, Hosts)).Values);
    }

    [Theory]
    [InlineData("lifecycle.input_kind", "Number", "'lifecycle.input_kind' is 'Number'; expected Text or HostName")]
    [InlineData("lifecycle.maximum_input_bytes", "0", "'lifecycle.maximum_input_bytes' is '0'; expected a positive number of bytes")]
    public void OldFile_WithRulesThatCannotBe_IsRefused(string key, string value, string message)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(OldModelFile.Bytes);
        model.MetadataProps.Single(entry => entry.Key == key).Value = value;

        Assert.Contains(message, Assert.Throws<InvalidOnnxModelException>(() => new OnnxScorer(model.ToByteArray())).Message, StringComparison.Ordinal);
    }
}
