using System.Collections.Immutable;
using System.Globalization;

namespace Lifecycle.Domain.Schedules;

/// <summary>The values from <paramref name="Start"/> to <paramref name="End"/>, every <paramref name="Step"/>th.</summary>
public readonly record struct ValueRange(int Start, int End, int Step)
{
    private const int FewestOfAProgression = 3;

    /// <summary>The values.</summary>
    public IEnumerable<int> Values
    {
        get
        {
            for (int value = Start; value <= End; value += Step)
            {
                yield return value;
            }
        }
    }

    /// <summary>The fewest ranges that are easily read: one where the values rise evenly, else their runs.</summary>
    public static ImmutableArray<ValueRange> Cover(ImmutableSortedSet<int> values)
    {
        if (values.Count >= FewestOfAProgression && EvenStep(values) is { } step)
        {
            return [new(values.Min, values.Max, step)];
        }

        ImmutableArray<ValueRange>.Builder runs = ImmutableArray.CreateBuilder<ValueRange>();
        foreach (int value in values)
        {
            if (runs.Count > 0 && runs[^1].End == value - 1)
            {
                runs[^1] = runs[^1] with { End = value };
            }
            else
            {
                runs.Add(new(value, value, 1));
            }
        }

        return runs.ToImmutable();
    }

    /// <summary>The range in cron's notation.</summary>
    public override string ToString() => (Start == End, Step) switch
    {
        (true, _) => Start.ToString(CultureInfo.InvariantCulture),
        (false, 1) => string.Create(CultureInfo.InvariantCulture, $"{Start}-{End}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Start}-{End}/{Step}"),
    };

    private static int? EvenStep(ImmutableSortedSet<int> values)
    {
        int step = values[1] - values[0];
        return values.Index().All(value => value.Item == values[0] + (value.Index * step)) ? step : null;
    }
}
