using Lifecycle.Domain.Models;
using Lifecycle.Evaluation;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Models.Tests.Evaluation;

public sealed class LookupReferenceTests
{
    [Fact]
    public void Score_Lookup_AnswersWhatIsKnownAndHalvesTheRest()
    {
        LookupReference reference = new(new ReferenceModelDefinition { LookupColumn = "known", Confidence = 0.75 });

        Assert.Equal([0.75f, 0.25f, 0.5f], reference.Score([true, false, null]).Probabilities);
        Assert.Equal("lookup of known with confidence 0.75, else 0.5", reference.Description);
    }

    [Fact]
    public void Score_NoLookupColumn_IsConstant()
    {
        ScoredModel scored = new LookupReference(new ReferenceModelDefinition()).Score([true, null]);

        Assert.Equal([0.5f, 0.5f], scored.Probabilities);
        Assert.Equal("constant 0.5", scored.ModelDigest);
    }
}
