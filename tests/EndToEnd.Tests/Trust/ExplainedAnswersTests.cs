using System.Collections.Immutable;
using Lifecycle.Domain.Schemas;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Evaluation.Reports;
using Lifecycle.Publishing.Trust;
using Lifecycle.Serving.Models;

namespace Lifecycle.EndToEnd.Tests.Trust;

/// <summary>What a whole run publishes explains its answers.</summary>
[Collection(nameof(SignedReleasesCollection))]
public sealed class ExplainedAnswersTests(SignedReleases releases)
{
    [Fact]
    public async Task Predict_OfALiveReleaseOpenedToExplain_SaysWhyToTheLastRow()
    {
        VerifiedVersion version = await LiveModel.FindAsync(releases.Store, releases.Keys.ReadTrustRoot(), SampleModel.Name, "production", TimeProvider.System, TestContext.Current.CancellationToken);
        using LiveModel live = await LiveModel.OpenExplainedAsync(version, TestContext.Current.CancellationToken);

        ImmutableArray<AnsweredRow> answers = live.Predict(InputFile.OfTexts(live.Schema, SignedReleases.Probes));

        Assert.Equal(releases.Answers, answers.Select(answer => answer.Probability!.Value));
        foreach (AnsweredRow answer in answers)
        {
            ScoreExplanation score = Assert.Single(answer.Explanation!.Scores);
            Assert.Equal(score.Score, score.Base + Assert.Single(score.Columns).Contribution, 1e-5);
            Assert.NotEmpty(score.Features);
        }

        Assert.Contains("\"explanation\":{\"scale\":\"log-odds\"", System.Text.Json.JsonSerializer.Serialize(answers[0], Domain.DomainJson.Compact), StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluation_OfThePublishedRelease_TellsWhatItLearntFrom()
    {
        byte[] document = releases.Files[$"{releases.Live.Publication!.Directory}/evaluation.json"];

        EvaluationDocument evaluation = EvaluationDocument.Read(document);

        Assert.Equal(1, Assert.Single(evaluation.Learned!.Columns).Share, 1e-6);
        Assert.NotEmpty(evaluation.Learned.Features);
        Assert.True(evaluation.Learned.Curve!.Points[^1].Training < evaluation.Learned.Curve.Points[0].Training);
    }
}
