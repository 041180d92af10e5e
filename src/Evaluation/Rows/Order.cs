namespace Lifecycle.Evaluation.Rows;

/// <summary>Positions of numbers in increasing order, ties in order of positions: the same on every machine.</summary>
internal static class Order
{
    public static int[] Of(ReadOnlySpan<float> numbers)
    {
        ulong[] keys = new ulong[numbers.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ((ulong)Sortable(numbers[i]) << 32) | (uint)i;
        }

        Array.Sort(keys);
        return Array.ConvertAll(keys, key => (int)(uint)key);
    }

    public static int[] Of(double[] numbers)
    {
        int[] positions = [.. Enumerable.Range(0, numbers.Length)];
        Array.Sort(positions, (left, right) => numbers[left].CompareTo(numbers[right]) is var order && order != 0 ? order : left.CompareTo(right));
        return positions;
    }

    // The bits of non-negative floats sort as the numbers do, those of negative ones the other way; adding zero turns −0 into 0.
    private static uint Sortable(float number)
    {
        uint bits = BitConverter.SingleToUInt32Bits(number + 0f);
        return (bits & 0x8000_0000) == 0 ? bits | 0x8000_0000 : ~bits;
    }
}
