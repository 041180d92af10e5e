using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Artifacts;
using Lifecycle.EndToEnd.Tests.Launching;

namespace Lifecycle.Activities.Tests.Runs;

public sealed class HoldoutRegisterTests
{
    private static readonly ArtifactRef Rows = RowsOf('a');

    private readonly MemoryBlobStore store = new();

    [Fact]
    public async Task Count_OneChallengerAfterAnother_SaysTheHowManiethItIs()
    {
        Assert.Equal(1, await CountAsync("first", "run-1"));
        Assert.Equal(2, await CountAsync("second", "run-2"));
        Assert.Equal(3, await CountAsync("third", "run-3"));
    }

    [Fact]
    public async Task Count_ARetryAfterOthersAsked_FindsItsOwnPlace()
    {
        await CountAsync("first", "run-1");
        await CountAsync("second", "run-2");

        Assert.Equal(1, await CountAsync("first", "run-1"));
        Assert.Equal(1, await CountAsync("first", "run-9"));
        Assert.Equal(3, await CountAsync("third", "run-3"));
    }

    [Fact]
    public async Task Count_OtherRowsOrAnotherModel_BeginsAnew()
    {
        await CountAsync("first", "run-1");

        Assert.Equal(1, await new HoldoutRegister(store).CountAsync("other", Rows, new("second", "run-2"), TestContext.Current.CancellationToken));
        Assert.Equal(1, await new HoldoutRegister(store).CountAsync("model", RowsOf('b'), new("second", "run-2"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Count_ManyAtOnce_LosesNone()
    {
        int[] places = await Task.WhenAll(Enumerable.Range(0, 20).Select(run => Task.Run(() => CountAsync($"challenger-{run}", $"run-{run}"))));

        Assert.Equal(Enumerable.Range(1, 20), places.Order());
    }

    [Fact]
    public async Task Count_AModelThatIsNoName_IsRefused() => await Assert.ThrowsAsync<InvalidRequestException>(
        () => new HoldoutRegister(store).CountAsync("../other", Rows, new("first", "run-1"), TestContext.Current.CancellationToken));

    private Task<int> CountAsync(string challenger, string run) =>
        new HoldoutRegister(store).CountAsync("model", Rows, new(challenger, run), TestContext.Current.CancellationToken);

    private static ArtifactRef RowsOf(char digit) => ArtifactRef.ForContent(new string(digit, 64), 100, MediaTypes.Parquet);
}
