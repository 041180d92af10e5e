using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Inputs;

/// <summary>Collects the values of one column.</summary>
internal sealed class GivenColumn(InputColumn column)
{
    private readonly ImmutableArray<float>.Builder numbers = ImmutableArray.CreateBuilder<float>();
    private readonly ImmutableArray<long>.Builder integers = ImmutableArray.CreateBuilder<long>();
    private readonly ImmutableArray<bool>.Builder present = ImmutableArray.CreateBuilder<bool>();
    private readonly ImmutableArray<string?>.Builder texts = ImmutableArray.CreateBuilder<string?>();

    /// <summary>Adds a value that has no fault.</summary>
    public void Add(GivenValue value)
    {
        switch (column.Type)
        {
            case InputType.Number:
                numbers.Add(value.Number);
                break;
            case InputType.Integer or InputType.Boolean or InputType.Timestamp:
                integers.Add(value.Integer);
                present.Add(value.IsPresent);
                break;
            default:
                texts.Add(value.Text);
                break;
        }
    }

    /// <summary>The values so far.</summary>
    public InputValues ToValues() => column.Type switch
    {
        InputType.Number => new InputValues.Numbers(numbers.ToImmutable()),
        InputType.Integer or InputType.Boolean or InputType.Timestamp => new InputValues.Integers(integers.ToImmutable(), present.Contains(false) ? present.ToImmutable() : []),
        _ => new InputValues.Texts(texts.ToImmutable()),
    };
}
