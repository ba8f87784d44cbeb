using System.Buffers.Binary;
using Lambray.Aws;
using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>Deletes items whose time has come ("Using time to live (TTL) in DynamoDB").</summary>
public sealed class ItemExpiry(DynamoDatabase database, TableDirectory tables, ItemStore items, TimeProvider time)
{
    const int NumberLength = 8;
    const int SecondLength = 8;
    const int SweepMax = 10_000;

    internal async Task SweepAsync()
    {
        foreach (var table in tables.All.Where(table => table.TimeToLive is not null)) await SweepAsync(table);
    }

    async Task SweepAsync(TableModel table)
    {
        var now = time.GetUtcNow();
        try
        {
            await Task.WhenAll(Due(table, now).Select(key => items.ExpireAsync(table, key, now)));
        }
        // It was deleted meanwhile.
        catch (AwsException error) when (error.Code == "ResourceNotFoundException")
        {
        }
    }

    // The key of the item stands behind the second.
    List<byte[]> Due(TableModel table, DateTimeOffset now)
    {
        var number = new byte[NumberLength];
        BinaryPrimitives.WriteInt64BigEndian(number, table.TimeToLive!.Number);
        var end = new byte[SecondLength];
        BinaryPrimitives.WriteInt64BigEndian(end, now.ToUnixTimeSeconds() + 1);
        var due = new List<byte[]>();
        using var cursor = database.Rocks.Walk(database.Indexes, number, [.. number, .. end]);
        while (due.Count < SweepMax && cursor.MoveNext())
        {
            var key = new byte[cursor.Key.Length - SecondLength];
            BinaryPrimitives.WriteInt64BigEndian(key, table.Number);
            cursor.Key[(NumberLength + SecondLength)..].CopyTo(key.AsSpan(NumberLength));
            due.Add(key);
        }
        return due;
    }
}
