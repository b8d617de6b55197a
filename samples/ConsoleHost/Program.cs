using System.CommandLine;
using ConsoleHost;
using ConsoleHost.Profiles;
using ConsoleHost.Send;
using ConsoleHost.Signatures;
using ConsoleHost.Tour;

var root = new RootCommand("Webhooks.Sdk at work. Without a command: a tour that sends to a receiver on this machine and checks everything that arrives.")
{
    SendCommand.Create(),
    SignCommand.Create(),
    VerifyCommand.Create(),
    ProfilesCommand.Create(),
};
root.SetAction(TourCommand.RunAsync);
return await CommandLine.RunAsync(root, args);
