using System.Runtime.InteropServices;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Microsoft.ML.OnnxRuntime;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// The input tensors of one batch, checked column by column. Numbers are read where they are; texts are copied into ONNX Runtime's memory.
/// Nothing is allocated for a row.
/// </summary>
internal sealed class RowTensors(long[] shape) : IDisposable
{
    private readonly List<OrtValue> values = [];

    /// <summary>The tensors, in the order of the graph's inputs.</summary>
    public IReadOnlyCollection<OrtValue> Values => values;

    /// <summary>Adds a column of the rows, and whether its values are there where the graph asks for that.</summary>
    /// <exception cref="RefusedInputException">A value is none of the column.</exception>
    public void Add(ColumnRules rules, InputValues column, int first, int count)
    {
        bool[]? present = GraphSignature.HasPresence(rules.Column) ? new bool[count] : null;
        switch (column)
        {
            case InputValues.Numbers numbers:
                rules.Demand(numbers.Values.AsSpan(first, count), first);
                AddNumbers(Memory(ImmutableCollectionsMarshal.AsArray(numbers.Values), first, count));
                break;
            case InputValues.Integers integers:
                AddIntegers(rules, integers, first, count);
                break;
            case InputValues.Texts texts:
                AddTexts(rules, texts, first, count);
                break;
            default:
                throw new ArgumentException($"The values of column '{rules.Column.Name}' are {column.GetType().Name}.", nameof(column));
        }

        if (present is not null)
        {
            for (int i = 0; i < count; i++)
            {
                present[i] = !column.IsMissing(first + i);
            }

            AddNumbers<bool>(present);
        }
    }

    /// <summary>Adds numbers that stay as they are.</summary>
    public void AddNumbers<T>(Memory<T> numbers)
        where T : unmanaged => values.Add(OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, numbers, shape));

    /// <summary>Adds numbers that stay as they are.</summary>
    public void AddNumbers(long[] numbers) => AddNumbers<long>(numbers);

    public void Dispose()
    {
        foreach (OrtValue value in values)
        {
            value.Dispose();
        }
    }

    private void AddTexts(ColumnRules rules, InputValues.Texts texts, int first, int count)
    {
        OrtValue tensor = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        values.Add(tensor);
        for (int i = 0; i < count; i++)
        {
            if (rules.Normalize(texts.Values[first + i], first + i) is { Length: > 0 } text)
            {
                tensor.StringTensorSetElementAt(text, i);
            }
        }
    }

    private void AddIntegers(ColumnRules rules, InputValues.Integers integers, int first, int count)
    {
        ReadOnlySpan<long> numbers = integers.Values.AsSpan(first, count);
        rules.Demand(numbers, integers.Present.IsEmpty ? [] : integers.Present.AsSpan(first, count), first);
        if (rules.Column.Type != InputType.Boolean)
        {
            AddNumbers(Memory(ImmutableCollectionsMarshal.AsArray(integers.Values), first, count));
            return;
        }

        bool[] truths = new bool[count];
        for (int i = 0; i < count; i++)
        {
            truths[i] = numbers[i] != 0;
        }

        AddNumbers<bool>(truths);
    }

    private static Memory<T> Memory<T>(T[]? array, int first, int count) => array.AsMemory(first, count);
}
