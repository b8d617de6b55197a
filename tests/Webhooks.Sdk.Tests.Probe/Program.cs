// Sends one request to each URL, as a host with default settings does, from a process whose network and environment a test has prepared.
//   --allow-private            AllowPrivateNetworks()
//   --listen <port>            answer on every address of this machine, with the address that was called
//   --answer <host>=<a>,<b>/<c>  what the host name resolves to: a and b the first time, c from the second time on
// Prints a line for each URL: the URL, the error, the status, how many TCP connections were begun, and the answer; separated by tabs.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Dispatching;

var allowPrivate = false;
var answers = new Dictionary<string, Queue<IPAddress[]>>();
var urls = new List<Uri>();
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--allow-private":
            allowPrivate = true;
            break;
        case "--listen":
            Listen(int.Parse(args[++i], CultureInfo.InvariantCulture));
            break;
        case "--answer":
            var (host, addresses) = args[++i].Split('=') is [var h, var a] ? (h, a) : throw new ArgumentException(args[i]);
            answers[host] = new(addresses.Split('/').Select(turn => turn.Split(',').Select(IPAddress.Parse).ToArray()));
            break;
        default:
            urls.Add(new Uri(args[i]));
            break;
    }
}

var services = new ServiceCollection();
if (answers.Count > 0)
{
    services.AddSingleton<HostResolver>((host, _) => Task.FromResult(answers[host].Count > 1 ? answers[host].Dequeue() : answers[host].Peek()));
}

services.AddWebhooks(w =>
{
    if (allowPrivate)
    {
        w.AllowPrivateNetworks();
    }
});
await using var provider = services.BuildServiceProvider();
var dispatcher = provider.GetRequiredService<IWebhookDispatcher>();
foreach (var url in urls)
{
    var before = ConnectionsBegun();
    var request = new WebhookRequest { Url = url, ContentType = "application/json", Body = "{}"u8.ToArray(), Timeout = TimeSpan.FromSeconds(10) };
    var result = await dispatcher.DispatchAsync(request, CancellationToken.None);
    Console.WriteLine(string.Join('\t', url.OriginalString, result.Error, result.StatusCode, ConnectionsBegun() - before, Encoding.ASCII.GetString(result.ResponseBody.Span)));
}

static async void Listen(int port)
{
    var listener = TcpListener.Create(port);
    listener.Start();
    while (true)
    {
        using var socket = await listener.AcceptSocketAsync();
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
        }

        var called = ((IPEndPoint)socket.LocalEndPoint!).Address;
        var text = (called.IsIPv4MappedToIPv6 ? called.MapToIPv4() : called).ToString();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {text.Length}\r\n\r\n{text}"));
        socket.Shutdown(SocketShutdown.Send);
    }
}

// The kernel's count of this network namespace: a SYN to anywhere is counted, whether somebody listens there or not.
static long ConnectionsBegun()
{
    var lines = File.ReadLines("/proc/self/net/snmp").Where(l => l.StartsWith("Tcp:", StringComparison.Ordinal)).Select(l => l.Split(' ')).ToArray();
    return long.Parse(lines[1][Array.IndexOf(lines[0], "ActiveOpens")], CultureInfo.InvariantCulture);
}
