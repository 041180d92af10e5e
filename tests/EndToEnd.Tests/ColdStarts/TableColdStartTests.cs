using System.Text;
using System.Text.Json;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Releases;
using Lifecycle.Data.Inputs;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Schemas;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Trust;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;
using Lifecycle.Workflows.Retraining;

namespace Lifecycle.EndToEnd.Tests.ColdStarts;

/// <summary>Models of a table, a number and several classes, started without labels: by lookup, rules and the groups of a pinned snapshot.</summary>
public sealed class TableColdStartTests
{
    [Fact]
    public async Task Tables_WithoutAModel_StartFromTheirReferences_AndATrainedOneIsJudgedBesideThem()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        SampleTables.WriteTo(Path.GetDirectoryName(stack.Home.Root)!);
        Start(stack, SampleTables.Amount, """
            reference:
              groups: [[goods, { column: weight, edges: [5, 12] }], [goods], []]
              coldStart:
                cutoff: 2024-01-31
                snapshot: 2024-01
                lookup: known.sql
                rules:
                  - { column: weight, missing: true, and: [{ column: express, is: true }], value: 99.5 }
            """, "SELECT 'gold' AS goods, TRUE AS express, 1e6 AS label;");
        Start(stack, SampleTables.Level, """
            reference:
              coldStart:
                cutoff: 2024-01-31
                lookup: known.sql
                rules:
                  - { column: weight, above: 15, shares: { low: 0.1, middle: 0.2, high: 0.7 } }
                otherwise: { low: 0.5, middle: 0.3, high: 0.2 }
            """, "SELECT 'gold' AS goods, 'high' AS label;");

        ColdStartState amount = await SampleColdStarts.GoLiveAsync(stack.Client, stack.Home, SampleTables.Amount);
        ColdStartState level = await SampleColdStarts.GoLiveAsync(stack.Client, stack.Home, SampleTables.Level);

        Assert.Equal((ColdStartOutcome.Promoted, ColdStartOutcome.Promoted), (amount.Outcome, level.Outcome));
        Assert.Equal("lookup of 1 rows by goods and express, else 1 rules, else mean of the training rows by goods and weight in 3 bins, else goods, else all", amount.Reference!.Description);
        Assert.Equal("lookup of 1 rows by goods, else 1 rules, else low 0.5, middle 0.3, high 0.2", level.Reference!.Description);
        Assert.Equal((SampleTables.Snapshot, null), (amount.Reference.Snapshot?.Id, level.Reference.Snapshot?.Id));
        Assert.Contains("fitted on the training part of snapshot 2024-01, and held against no labelled rows, and how far its numbers are off is not known", amount.Reference.Evaluation.Unmeasured, StringComparison.Ordinal);
        await RequireToldAsync(stack, amount, "goods is gold", "weight is missing and express is true", "99.5 EUR", "training part of DataSnapshot 2024-01");
        await RequireToldAsync(stack, level, "weight is above 15", "low 0.1, middle 0.2, high 0.7", "It was started without data");
        await RequireProvenanceAsync(stack, amount, "snapshot", amount.Reference.Snapshot!.Rows.Sha256);

        using (LiveModel live = await OpenAsync(stack, SampleTables.Amount))
        {
            Assert.Equal(1e6f, Value(live, "goods=gold", "weight=3", "express=true"));
            Assert.Equal(99.5f, Value(live, "goods=paper", "weight=", "express=true"));
            Assert.InRange(Value(live, "goods=stone", "weight=15", "express=false"), 70, 110);
            Assert.InRange(Value(live, "goods=never seen", "weight=15", "express=false"), 20, 60);
            Assert.Contains("column 'weight' holds 'inf'", Fault(live, "goods=paper", "weight=inf", "express=true"), StringComparison.Ordinal);
        }

        VerifiedVersion reference = await LiveModel.FindAsync(
            stack.Store, new KeyFolder(stack.Home.Root).ReadTrustRoot(), SampleTables.Amount, "production", TimeProvider.System, CancellationToken.None);
        var unexplained = await Assert.ThrowsAsync<NotServableException>(() => LiveModel.OpenExplainedAsync(reference, CancellationToken.None));
        Assert.Contains("is a reference model, whose lookup and rules stand in its reference.json", unexplained.Message, StringComparison.Ordinal);

        using (LiveModel live = await OpenAsync(stack, SampleTables.Level))
        {
            Assert.Equal(("high", 0.99f), Likeliest(live, "goods=gold", "weight=3", "express=true"));
            Assert.Equal(("high", 0.7f), Likeliest(live, "goods=paper", "weight=15.001", "express=true"));
            Assert.Equal(("low", 0.5f), Likeliest(live, "goods=paper", "weight=15", "express=true"));
        }

        RetrainingState trained = await SampleRuns.Follower(await SampleRuns.StartAsync(stack.Client, SampleRuns.Request(SampleTables.Snapshot) with { Model = SampleTables.Amount }))
            .FollowAsync(state => state.Release is not null, CancellationToken.None);
        Assert.Equal(amount.Publication!.ModelDigest, trained.Evaluation!.Champion!.ModelDigest);
        Assert.Contains(trained.Blessing!.Reasons, reason => reason is { Rule: "better than champion", Verdict: BlessingVerdict.Blessed });
    }

    private static void Start(SampleStack stack, string model, string reference, string lookup)
    {
        string folder = Path.Combine(Path.GetDirectoryName(stack.Home.Root)!, "models", model);
        File.AppendAllText(Path.Combine(folder, "model.yaml"), "\n" + reference + "\n");
        File.WriteAllText(Path.Combine(folder, "known.sql"), lookup);
    }

    private static async Task RequireToldAsync(SampleStack stack, ColdStartState state, params string[] card)
    {
        VerificationReport report = await new PublicationVerifier(new KeyFolder(stack.Home.Root).ReadTrustRoot(), TimeProvider.System)
            .VerifyBlobAsync(stack.Store, state.Publication!.Directory, CancellationToken.None);
        Assert.True(report.Passed, report.Refusal);
        string told = await ReadAsync(stack, state, ReleaseFileNames.ModelCard) + await ReadAsync(stack, state, ReleaseFileNames.Reference);
        Assert.All(card, text => Assert.Contains(text.Replace("goods is gold", "gold", StringComparison.Ordinal), told, StringComparison.Ordinal));
    }

    private static async Task RequireProvenanceAsync(SampleStack stack, ColdStartState state, string name, string digest)
    {
        using JsonDocument envelope = JsonDocument.Parse(await ReadAsync(stack, state, ReleaseFileNames.Provenance));
        string statement = envelope.RootElement.TryGetProperty("payload", out JsonElement payload) ? Encoding.UTF8.GetString(payload.GetBytesFromBase64()) : envelope.RootElement.GetRawText();
        Assert.Contains(digest, statement, StringComparison.Ordinal);
        Assert.Contains($"\"{name}\"", statement, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(SampleStack stack, ColdStartState state, string file) =>
        Encoding.UTF8.GetString((await stack.Store.ReadAsync($"{state.Publication!.Directory}/{file}", 1 << 20))!.Content.Span);

    private static Task<LiveModel> OpenAsync(SampleStack stack, string model) => BlobRooms.OpenLiveModelAsync(
        stack.Services.BlobConnectionString, stack.Home, model, "production", CancellationToken.None);

    private static AnsweredRow Answer(LiveModel live, params string[] values) =>
        Assert.Single(live.Predict(GivenValues.Read(live.Schema, ["ordered_at=2024-01-05T10:00:00", .. values])));

    private static float Value(LiveModel live, params string[] values) => Assert.IsType<Prediction.OfNumber>(Answer(live, values).Prediction).Value;

    private static string Fault(LiveModel live, params string[] values) => Answer(live, values).Refusal!;

    private static (string Label, float Probability) Likeliest(LiveModel live, params string[] values)
    {
        Prediction.OfClasses classes = Assert.IsType<Prediction.OfClasses>(Answer(live, values).Prediction);
        return (classes.Label, classes.Probabilities[classes.Label]);
    }
}
