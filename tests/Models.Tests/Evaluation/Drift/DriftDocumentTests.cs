using System.Text;
using System.Text.Json;
using Lifecycle.Evaluation.Reports.Drift;

namespace Lifecycle.Models.Tests.Evaluation.Drift;

public sealed class DriftDocumentTests
{
    [Fact]
    public void ToBytes_ReadAndWrittenAgain_GivesTheSameBytes()
    {
        byte[] bytes = DriftDocuments.Drifted.ToBytes();

        Assert.Equal(bytes, DriftDocument.Read(bytes).ToBytes());
        Assert.Equal(DriftPage.Render(DriftDocument.Read(bytes), DriftDocuments.Retrain), DriftPage.Render(DriftDocument.Read(bytes), DriftDocuments.Retrain));
    }

    [Fact]
    public void ToBytes_Drift_HoldsAllThatWasMeasured()
    {
        using JsonDocument document = JsonDocument.Parse(DriftDocuments.Drifted.ToBytes());
        JsonElement root = document.RootElement;

        Assert.Equal("lifecycle-drift/1", root.GetProperty("format").GetString());
        Assert.Equal(7, root.GetProperty("report").GetProperty("figures").GetArrayLength());
        Assert.Equal(0.312, root.GetProperty("report").GetProperty("figures")[0].GetProperty("effects")[0].GetProperty("value").GetDouble());
        Assert.Equal(6, root.GetProperty("histograms").GetArrayLength());
        Assert.Equal(200, root.GetProperty("bootstrap").GetProperty("samples").GetInt32());
        Assert.Equal(3000, root.GetProperty("weights").GetProperty("rowCount").GetInt64());
        Assert.True(root.GetProperty("report").GetProperty("losses").TryGetProperty("decomposition", out _));
        Assert.False(root.GetProperty("report").TryGetProperty("page", out _));
    }

    [Fact]
    public void ToBytes_FigureThatIsNoNumber_IsNamedAndReadAgain()
    {
        byte[] bytes = DriftDocuments.Broken.ToBytes();

        Assert.Contains("\"value\":\"NaN\"", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(double.NaN, DriftDocument.Read(bytes).Report.Figures[0].Effects[0].Value);
    }

    [Fact]
    public void Read_AnotherFormat_IsRefused() =>
        Assert.Throws<JsonException>(() => DriftDocument.Read((DriftDocuments.Quiet with { Format = "lifecycle-drift/9" }).ToBytes()));
}
