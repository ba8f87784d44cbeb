using System.Buffers.Binary;
using System.Text;
using Lambray.Aws;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>By what a transaction is known when it is sent again.</summary>
/// <param name="Request">A hash of all it asks for.</param>
public sealed record TransactionToken(string Token, byte[] Request);

/// <summary>The transactions of the last ten minutes ("Idempotency" of TransactWriteItems).</summary>
public sealed class TransactionTokens(DynamoDatabase database, WriteTurns turns, TimeProvider time)
{
    const int TimeLength = 8;

    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <exception cref="AwsException">IdempotentParameterMismatchException.</exception>
    internal bool WasMade(WriteTurn turn, TransactionToken token)
    {
        var row = turn.FindToken(token.Token) ?? database.Rocks.Find(database.Tokens, Encoding.UTF8.GetBytes(token.Token));
        if (row is null || IsOld(row)) return false;
        return row.AsSpan(TimeLength).SequenceEqual(token.Request)
            ? true
            : throw new AwsException(
                "IdempotentParameterMismatchException", 400, "DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.");
    }

    internal void Keep(WriteTurn turn, TransactionToken token)
    {
        var row = new byte[TimeLength + token.Request.Length];
        BinaryPrimitives.WriteInt64BigEndian(row, time.GetUtcNow().ToUnixTimeMilliseconds());
        token.Request.CopyTo(row, TimeLength);
        turn.SaveToken(token.Token, row);
        turn.SaveRow(database.Tokens, Encoding.UTF8.GetBytes(token.Token), row);
    }

    internal Task TrimAsync() => turns.TakeAsync(turn =>
    {
        using var cursor = database.Rocks.Walk(database.Tokens, [0], [255]);
        while (cursor.MoveNext())
            if (IsOld(cursor.Value)) turn.SaveRow(database.Tokens, cursor.Key.ToArray(), null);
        return true;
    });

    bool IsOld(ReadOnlySpan<byte> row) =>
        time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(row)) > Lifetime;
}
