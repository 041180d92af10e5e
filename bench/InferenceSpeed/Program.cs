using Lifecycle.InferenceSpeed;

IEnumerable<string>? lines = args switch
{
    ["trees"] => TreeFigures.Measure(),
    ["features", var folder] => FeatureFigures.Measure(folder),
    _ => null,
};
if (lines is null)
{
    await Console.Error.WriteLineAsync("usage: InferenceSpeed trees | features <model folder>");
    return 2;
}

foreach (string line in lines)
{
    await Console.Out.WriteLineAsync(line);
}

return 0;
