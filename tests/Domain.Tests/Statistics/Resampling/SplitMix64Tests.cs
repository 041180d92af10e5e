using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Domain.Tests.Statistics.Resampling;

public sealed class SplitMix64Tests
{
    [Fact]
    public void At_SeedOfTheReferenceProgram_GivesItsDraws()
    {
        SplitMix64 stream = new(1234567);

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(index => stream.At((ulong)index)));
    }

    [Fact]
    public void Split_TwoIndices_GiveStreamsThatDiffer()
    {
        SplitMix64 root = new(7);

        Assert.NotEqual(root.Split(0).At(0), root.Split(1).At(0));
        Assert.Equal(root.At(1), root.Split(1).Seed);
    }

    [Fact]
    public void UniformAt_ManyDraws_HasTheMomentsOfTheUnitInterval()
    {
        SplitMix64 stream = new(42);
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(index => stream.UniformAt((ulong)index))];

        Assert.InRange(draws.Min(), 0, 0.001);
        Assert.InRange(draws.Max(), 0.999, 1 - double.Epsilon);
        Assert.InRange(draws.Average(), 0.497, 0.503);
    }
}
