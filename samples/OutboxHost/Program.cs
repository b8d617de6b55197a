using OutboxHost;

// OutboxHost                                     the demonstration, on a throw-away PostgreSQL cluster
// OutboxHost --connection "Host=…;Username=…"    the same in a database of its own on your server
// OutboxHost worker <connection> <receiver url>  one of its processes
switch (args)
{
    case ["worker", var connection, var receiverUrl]:
        await Worker.RunAsync(connection, receiverUrl);
        return 0;

    case ["--connection", var server]:
        return await Demonstration.RunAsync(server);

    case []:
        if (ThrowAwayPostgres.FindPrograms() is not { } programs)
        {
            Console.Error.WriteLine("PostgreSQL's initdb is not installed here: install it, or pass --connection \"Host=…;Username=…;Password=…\".");
            return 2;
        }

        await using (var cluster = await ThrowAwayPostgres.StartAsync(programs))
        {
            return await Demonstration.RunAsync(cluster.ConnectionString);
        }

    default:
        Console.Error.WriteLine("usage: OutboxHost [--connection \"Host=…;Username=…;Password=…\"]");
        return 2;
}
