using System.Runtime.InteropServices;

namespace Lifecycle.Statistics.Distances;

/// <summary>
/// Sorts finite doubles by their bits, digit by digit from the lowest (LSD radix sort). Digits that all values share cost
/// nothing, so whole numbers, single precision and narrow ranges sort in a few passes.
/// </summary>
public static class DoubleSort
{
    private const int DigitBits = 11;
    private const int Digits = 6;
    private const int Buckets = 1 << DigitBits;
    private const int SmallestForRadix = 1024;

    /// <summary>Sorts in increasing order.</summary>
    /// <param name="values">Finite values; −0 becomes 0, which equals it.</param>
    /// <param name="scratch">Room for as many; overwritten.</param>
    /// <exception cref="ArgumentException">There is less room than values.</exception>
    public static void Sort(Span<double> values, Span<double> scratch)
    {
        if (scratch.Length < values.Length)
        {
            throw new ArgumentException($"{values.Length} values need as much room; there is room for {scratch.Length}", nameof(scratch));
        }

        if (values.Length < SmallestForRadix)
        {
            values.Sort();
            return;
        }

        Span<ulong> keys = MemoryMarshal.Cast<double, ulong>(values);
        Span<ulong> room = MemoryMarshal.Cast<double, ulong>(scratch[..values.Length]);
        int[] histograms = new int[Digits * Buckets];
        ToKeys(keys, histograms);
        bool isInRoom = false;
        for (int digit = 0; digit < Digits; digit++)
        {
            Span<int> histogram = histograms.AsSpan(digit * Buckets, Buckets);
            if (ToOffsets(histogram, values.Length))
            {
                Scatter(isInRoom ? room : keys, isInRoom ? keys : room, histogram, digit * DigitBits);
                isInRoom = !isInRoom;
            }
        }

        FromKeys(isInRoom ? room : keys, keys);
    }

    /// <summary>Turns doubles into unsigned integers of the same order, and counts each digit.</summary>
    private static void ToKeys(Span<ulong> keys, Span<int> histograms)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            ulong bits = keys[i] == 1UL << 63 ? 0 : keys[i];
            ulong key = bits ^ ((ulong)((long)bits >> 63) | (1UL << 63));
            keys[i] = key;
            for (int digit = 0; digit < Digits; digit++)
            {
                histograms[(digit * Buckets) + (int)((key >> (digit * DigitBits)) & (Buckets - 1))]++;
            }
        }
    }

    /// <summary>Turns the counts of a digit into the places where each bucket begins; false when one bucket holds all.</summary>
    private static bool ToOffsets(Span<int> histogram, int count)
    {
        int offset = 0;
        foreach (ref int bucket in histogram)
        {
            if (bucket == count)
            {
                return false;
            }

            int size = bucket;
            bucket = offset;
            offset += size;
        }

        return true;
    }

    private static void Scatter(ReadOnlySpan<ulong> from, Span<ulong> to, Span<int> offsets, int shift)
    {
        foreach (ulong key in from)
        {
            to[offsets[(int)((key >> shift) & (Buckets - 1))]++] = key;
        }
    }

    private static void FromKeys(ReadOnlySpan<ulong> from, Span<ulong> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            ulong key = from[i];
            to[i] = key ^ (~(ulong)((long)key >> 63) | (1UL << 63));
        }
    }
}
