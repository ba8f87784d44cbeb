using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>UpdateTimeToLive and DescribeTimeToLive.</summary>
static class TimeToLiveOperations
{
    public static Task DescribeTimeToLive(HttpContext http)
    {
        var name = TableOperations.NameIn(http);
        var table = TableOperations.Tables(http).Find(name) ?? throw DynamoErrors.TableNotFound(name);
        var description = table.TimeToLive is { } expiring ? new TimeToLiveDescriptionWire("ENABLED", expiring.Attribute) : new TimeToLiveDescriptionWire("DISABLED", null);
        return DynamoDoor.WriteAsync(http, new TimeToLiveDescriptionAnswer(description), DynamoJson.Wire.TimeToLiveDescriptionAnswer);
    }

    public static async Task UpdateTimeToLive(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.UpdateTimeToLiveRequest);
        DynamoDoor.Request(http).Table = request.TableName;
        var name = TableNames.Require(request.TableName);
        var asked = request.TimeToLiveSpecification;
        new Validation()
            .Require(asked is not null, null, "timeToLiveSpecification", "Member must not be null")
            .Require(asked is null or { Enabled: not null }, null, "timeToLiveSpecification.enabled", "Member must not be null")
            .Require(asked is null or { AttributeName: not null }, null, "timeToLiveSpecification.attributeName", "Member must not be null")
            .RequireLength(asked?.AttributeName, "timeToLiveSpecification.attributeName", 1, 255)
            .ThrowIfAny();
        await TableOperations.Tables(http).ChangeAsync(name, table => Change(table, asked!));
        await DynamoDoor.WriteAsync(http, new TimeToLiveAnswer(asked!), DynamoJson.Wire.TimeToLiveAnswer);
    }

    static TableModel Change(TableModel table, TimeToLiveWire asked)
    {
        if (asked.Enabled == true)
            return table.TimeToLive is null
                ? table with { TimeToLive = new TimeToLiveModel(asked.AttributeName!, Number: 0) }
                : throw DynamoErrors.Invalid(table.TimeToLive.Attribute == asked.AttributeName
                    ? "TimeToLive is already enabled" : $"TimeToLive is active on a different AttributeName: current AttributeName is {table.TimeToLive.Attribute}");
        if (table.TimeToLive is null) throw DynamoErrors.Invalid("TimeToLive is already disabled");
        if (table.TimeToLive.Attribute != asked.AttributeName)
            throw DynamoErrors.Invalid($"TimeToLive is active on a different AttributeName: current AttributeName is {table.TimeToLive.Attribute}");
        return table with { TimeToLive = null };
    }
}

sealed record UpdateTimeToLiveRequest(string? TableName, TimeToLiveWire? TimeToLiveSpecification);

sealed record TimeToLiveWire(bool? Enabled, string? AttributeName);

sealed record TimeToLiveAnswer(TimeToLiveWire TimeToLiveSpecification);

sealed record TimeToLiveDescriptionWire(string TimeToLiveStatus, string? AttributeName);

sealed record TimeToLiveDescriptionAnswer(TimeToLiveDescriptionWire TimeToLiveDescription);
