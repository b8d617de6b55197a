using System.CommandLine;
using Webhooks.Sdk.DashboardLoad;

// How fast the dashboard's pages are while events are published at a steady rate and the log is long already. Everything, the receiver too, runs in
// this process, so that the pages have to share the processors with the work that they show.
var postgres = new Option<string?>("--postgres") { Description = "A connection string; SQLite in a temporary file by default." };
var memory = new Option<bool>("--memory") { Description = "Keep everything in memory; the log holds 100,000 attempts then." };
var deliveries = new Option<int>("--deliveries") { Description = "Deliveries in the log before the measurement.", DefaultValueFactory = _ => 100_000 };
var rate = new Option<int>("--rate") { Description = "Events published a second.", DefaultValueFactory = _ => 1000 };
var seconds = new Option<int>("--seconds") { Description = "How long pages are measured.", DefaultValueFactory = _ => 30 };
var command = new RootCommand("Publishes while the dashboard is open, and measures its pages.") { postgres, memory, deliveries, rate, seconds };
command.SetAction((parsed, cancel) => Measurement.RunAsync(
    new Settings(parsed.GetValue(postgres), parsed.GetValue(memory), parsed.GetValue(deliveries), parsed.GetValue(rate), TimeSpan.FromSeconds(parsed.GetValue(seconds))), cancel));
return await command.Parse(args).InvokeAsync();
