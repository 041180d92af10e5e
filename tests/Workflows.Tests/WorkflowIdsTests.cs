using Lifecycle.Domain.Releases;

namespace Lifecycle.Workflows.Tests;

public sealed class WorkflowIdsTests
{
    [Fact]
    public void Ids_OfWhatIsDecidedAbout_AreReadBack()
    {
        Assert.Equal(new DecidedWorkflow(RequestKind.Retrain, "m", Channel: null), Parsed(WorkflowIds.Retraining("m")));
        Assert.Equal(new DecidedWorkflow(RequestKind.ColdStart, "m", Channel: null), Parsed(WorkflowIds.ColdStart("m")));
        Assert.Equal(new DecidedWorkflow(RequestKind.Rollback, "m", "production"), Parsed(WorkflowIds.Rollback("m", "production")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("retrain")]
    [InlineData("retrain/")]
    [InlineData("retrain/m/x")]
    [InlineData("rollback/m")]
    [InlineData("rollback/m/")]
    [InlineData("rollback/m/production/2")]
    [InlineData("channel/m/production")]
    [InlineData("Retrain/m")]
    public void Ids_OfAnythingElse_AreNotRead(string id) => Assert.Null(Parsed(id));

    private static DecidedWorkflow? Parsed(string id) => WorkflowIds.TryParse(id, out DecidedWorkflow? decided) ? decided : null;
}
