using Microsoft.Data.Sqlite;
using Webhooks.Sdk.Sqlite.Deliveries;
using Webhooks.Sdk.Sqlite.Subscriptions;

namespace Webhooks.Sdk.Sqlite.Tests.Deliveries;

/// <summary>Each statement uses the index that its comment names, on tables without statistics as a host's are.</summary>
public sealed class QueryPlanTests : IDisposable
{
    private const string P = SqliteSchema.DefaultTablePrefix;

    private readonly SqliteConnection _connection;

    public QueryPlanTests()
    {
        SQLitePCL.Batteries_V2.Init();
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
        using var script = _connection.CreateCommand();
        script.CommandText = SqliteSchema.Script();
        script.ExecuteNonQuery();
    }

    public static TheoryData<string, string, string[]> Statements
    {
        get
        {
            var (d, log, s) = (new SqliteDeliverySql(P), new SqliteDeliveryLogSql(P), new SqliteSubscriptionSql(P));
            var data = new TheoryData<string, string, string[]>
            {
                { nameof(d.IsAnythingDue), d.IsAnythingDue, ["deliveries_due"] },
                { nameof(d.NextDue), d.NextDue, ["deliveries_due"] },
                { nameof(d.OldestDueSubscriptions), d.OldestDueSubscriptions, ["deliveries_due"] },
                { nameof(d.NextSubscription), d.NextSubscription, ["deliveries_subscription"] },
                { nameof(d.DueOfSubscription), d.DueOfSubscription, ["deliveries_subscription"] },
                { nameof(d.HasDue), d.HasDue, ["deliveries_subscription"] },
                { nameof(d.InsertFifoDelivery), d.InsertFifoDelivery, ["deliveries_fifo"] },
                { nameof(d.Lease), d.Lease, ["PRIMARY KEY"] },
                { nameof(d.Reclaim), d.Reclaim, ["deliveries_due"] },
                { nameof(d.EventBySeq), d.EventBySeq, ["PRIMARY KEY"] },
                { nameof(d.EventById), d.EventById, ["events_id"] },
                { nameof(d.Renew), d.Renew, ["PRIMARY KEY"] },
                { nameof(d.PutBack), d.PutBack, ["PRIMARY KEY"] },
                { nameof(d.CopyToFailed), d.CopyToFailed, ["PRIMARY KEY", "PRIMARY KEY"] },
                { nameof(d.EndUnordered), d.EndUnordered, ["PRIMARY KEY"] },
                { nameof(d.EndFifo), d.EndFifo, ["PRIMARY KEY"] },
                { nameof(d.PromoteNext), d.PromoteNext, ["PRIMARY KEY", "deliveries_fifo"] },
                { nameof(d.NotLeased), d.NotLeased, ["deliveries_subscription"] },
                { nameof(d.CopyNotLeasedToFailed), d.CopyNotLeasedToFailed, ["PRIMARY KEY", "PRIMARY KEY"] },
                { nameof(d.DeleteDelivery), d.DeleteDelivery, ["PRIMARY KEY"] },
                { nameof(d.EventsOfTime), d.EventsOfTime, ["events_time"] },
                { nameof(d.SubscriptionsOfEvent), d.SubscriptionsOfEvent, ["deliveries_event", "failed_event", "attempts_event"] },
                { nameof(d.IsPending), d.IsPending, ["deliveries_event"] },
                { nameof(d.TakeFailed), d.TakeFailed, ["failed_event"] },
                { nameof(d.ReopenDelivered), d.ReopenDelivered, ["attempts_event"] },
                { nameof(d.Recoverable), d.Recoverable, ["events_tenant", "failed_event", "deliveries_event", "attempts_event"] },
                { nameof(d.PurgeFailed), d.PurgeFailed, ["PRIMARY KEY", "failed_time"] },
                { nameof(d.PurgeEvents), d.PurgeEvents, ["PRIMARY KEY", "deliveries_event", "failed_event", "attempts_event"] },
                { nameof(log.SeqOfEvent), log.SeqOfEvent, ["events_id"] },
                { nameof(s.ListOfTenant), s.ListOfTenant, ["subscriptions_tenant"] },
                { nameof(s.List), s.List, ["PRIMARY KEY"] },
                { nameof(s.VersionOf), s.VersionOf, ["subscriptions_id"] },
                { nameof(s.CountOfTenant), s.CountOfTenant, ["subscriptions_tenant"] },
                { nameof(s.Update), s.Update, ["subscriptions_id"] },
                { nameof(s.Delete), s.Delete, ["subscriptions_id"] },
                { nameof(s.ReadHealth), s.ReadHealth, ["subscriptions_id"] },
                { nameof(s.WriteHealth), s.WriteHealth, ["subscriptions_id"] },
                { nameof(s.CountChange), s.CountChange, ["PRIMARY KEY"] },
            };
            AddLists(data, log);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_statement_uses_the_index_that_it_relies_on(string name, string sql, string[] indexes)
    {
        var plan = Explain(sql);

        var rest = plan;
        foreach (var index in indexes)
        {
            rest.Should().Contain(line => line.Contains(index + " ", StringComparison.Ordinal), $"{name} relies on it:\n{string.Join('\n', plan)}");
            rest = [.. rest.Where((_, i) => i != rest.FindIndex(line => line.Contains(index + " ", StringComparison.Ordinal)))];
        }

        // What is called "page" is a page already: its rows are all read.
        plan.Should().NotContain(
            line => line.StartsWith("SCAN", StringComparison.Ordinal) && !line.Contains("USING", StringComparison.Ordinal) && !line.EndsWith(" page ", StringComparison.Ordinal),
            $"{name} would read a whole table:\n{string.Join('\n', plan)}");
    }

    [Theory]
    [InlineData(nameof(SqliteDeliverySql.DueOfSubscription))]
    [InlineData(nameof(SqliteDeliverySql.Recoverable))]
    [InlineData(nameof(SqliteDeliverySql.NextSubscription))]
    public void The_index_gives_the_order_too(string name)
    {
        var sql = (string)typeof(SqliteDeliverySql).GetField(name)!.GetValue(new SqliteDeliverySql(P))!;

        Explain(sql).Should().NotContain(line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    public void Dispose() => _connection.Dispose();

    private static void AddLists(TheoryData<string, string, string[]> data, SqliteDeliveryLogSql log)
    {
        DeliveryFilter none = default, ofTenant = new(null, null, "t"), ofSubscription = new(null, "s", "t"), ofEvent = new("e", "s", "t");
        data.Add("Pending", log.Pending(none), ["PRIMARY KEY", "PRIMARY KEY"]);
        data.Add("Pending of a tenant", log.Pending(ofTenant), ["PRIMARY KEY", "PRIMARY KEY"]);
        data.Add("Pending of a subscription", log.Pending(ofSubscription), ["deliveries_subscription", "PRIMARY KEY"]);
        data.Add("Pending of an event", log.Pending(ofEvent), ["deliveries_event", "PRIMARY KEY"]);
        data.Add("Failed", log.Failed(none), ["PRIMARY KEY", "PRIMARY KEY"]);
        data.Add("Failed of a tenant", log.Failed(ofTenant), ["failed_tenant", "PRIMARY KEY"]);
        data.Add("Failed of a subscription", log.Failed(ofSubscription), ["failed_subscription", "PRIMARY KEY"]);
        data.Add("Failed of an event", log.Failed(ofEvent), ["failed_event", "PRIMARY KEY"]);
        data.Add("Delivered", log.Delivered(none), ["webhook_delivered"]);
        data.Add("Delivered of a tenant", log.Delivered(ofTenant), ["delivered_tenant"]);
        data.Add("Delivered of a subscription", log.Delivered(ofSubscription), ["delivered_subscription"]);
        data.Add("Delivered of an event", log.Delivered(ofEvent), ["attempts_event"]);
        data.Add("Attempts", log.Attempts(none, isTest: false), ["PRIMARY KEY"]);
        data.Add("Attempts of a tenant", log.Attempts(ofTenant, isTest: false), ["attempts_tenant"]);
        data.Add("Attempts of a subscription", log.Attempts(ofSubscription, isTest: false), ["attempts_subscription"]);
        data.Add("Attempts of an event", log.Attempts(ofEvent, isTest: false), ["attempts_event"]);
        data.Add("Attempts of a test", log.Attempts(default, isTest: true), ["attempts_test"]);
    }

    private List<string> Explain(string sql)
    {
        using var explain = _connection.CreateCommand();
        explain.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var parameter in System.Text.RegularExpressions.Regex.Matches(sql, "@[a-z_]+").Select(m => m.Value).Distinct())
        {
            explain.Parameters.AddWithValue(parameter, 1);
        }

        var lines = new List<string>();
        using var reader = explain.ExecuteReader();
        while (reader.Read())
        {
            lines.Add(reader.GetString(3) + " ");
        }

        return lines;
    }
}
