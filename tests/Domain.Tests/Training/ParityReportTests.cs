using System.Text.Json;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Tests.Training;

public sealed class ParityReportTests
{
    [Fact]
    public void Report_FromBeforeThereWereMeasures_SpeaksOfTheAbsoluteDifference()
    {
        ParityReport read = JsonSerializer.Deserialize<ParityReport>("""{"rowCount":8370,"maximumDifference":3.9E-07,"tolerance":1E-05,"holds":true}""", DomainJson.Compact)!;

        Assert.Equal(new ParityReport(8370, 3.9e-7, 1e-5) { Measure = ParityMeasure.Absolute }, read);
        Assert.True(read.Holds);
    }

    [Fact]
    public void Report_WrittenAndRead_KeepsItsMeasure()
    {
        ParityReport report = new(10, 2e-5, 1e-4) { Measure = ParityMeasure.Relative };

        Assert.Equal(report, JsonSerializer.Deserialize<ParityReport>(JsonSerializer.Serialize(report, DomainJson.Compact), DomainJson.Compact));
    }
}
