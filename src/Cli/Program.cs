using System.CommandLine;
using System.CommandLine.Help;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Cli.Verbs;

// A command of its own name: the program file is called otherwise.
Command root = new("lifecycle", "Lifecycle: durable retraining of models, from data snapshot to signed, approved publication.\nExit codes: 0 done, 1 the answer is no, 2 bad input, 3 something needed is not there, 4 failed, 130 interrupted.")
{
    DemoVerb.Create(),
    UpVerb.Create(),
    DownVerb.Create(),
    DoctorVerb.Create(),
    EngineVerb.Create(),
    ModelsVerb.Create(),
    RetrainVerb.Create(),
    ScheduleVerb.Create(),
    SensorsVerb.Create(),
    DataVerb.Create(),
    WatchVerb.Create(),
    RunsVerb.Create(),
    ShowVerb.Create(),
    DecideVerb.CreateApprove(),
    DecideVerb.CreateReject(),
    RollbackVerb.Create(),
    ColdStartVerb.Create(),
    KeysVerb.Create(),
    ChannelVerb.Create(),
    VerifyVerb.Create(),
    PredictVerb.Create(),
    DriftVerb.Create(),
    ScoreVerb.Create(),
    BacktestVerb.Create(),
    LogVerb.Create(),
    AlertsVerb.Create(),
};
Option[] global = [GlobalOptions.Home, GlobalOptions.Json, GlobalOptions.Address, GlobalOptions.Namespace, GlobalOptions.Profile, GlobalOptions.Blob];
foreach (Option option in global)
{
    root.Options.Add(option);
}

root.Options.Add(new HelpOption());
root.Options.Add(new VersionOption());
ParseResult parsed = root.Parse(args);
if (parsed.Errors is not [] && parsed.Action is not HelpAction)
{
    await Console.Error.WriteLineAsync(TerminalText.Safe($"error: {ParseErrorText.Of(parsed.Errors[^1])}"));
    return ExitCodes.BadInput;
}

// Below the grace of `lifecycle down`: what a command started is stopped in this time.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(25) });
