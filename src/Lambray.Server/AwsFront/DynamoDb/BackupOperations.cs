using Lambray.Resources.DynamoDb.Tables;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>DescribeContinuousBackups, and UpdateContinuousBackups only so far that nothing changes: this server keeps no earlier states of tables.</summary>
static class BackupOperations
{
    public static Task DescribeContinuousBackups(HttpContext http) => AnswerAsync(http, TableOperations.NameIn(http));

    public static Task UpdateContinuousBackups(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.UpdateContinuousBackupsRequest);
        var name = TableNames.Require(request.TableName);
        if (request.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled == true)
            throw new Aws.AwsException("NotImplemented", StatusCodes.Status501NotImplemented, "Point-in-time recovery of DynamoDB is not available on this server.");
        return AnswerAsync(http, name);
    }

    static Task AnswerAsync(HttpContext http, string name)
    {
        if (TableOperations.Tables(http).Find(name) is null) throw new Aws.AwsException("TableNotFoundException", 400, $"Table not found: {name}");
        var description = new ContinuousBackupsWire("ENABLED", new PointInTimeRecoveryWire("DISABLED"));
        return DynamoDoor.WriteAsync(http, new ContinuousBackupsAnswer(description), DynamoJson.Wire.ContinuousBackupsAnswer);
    }
}

sealed record UpdateContinuousBackupsRequest(string? TableName, PointInTimeRecoverySpecificationWire? PointInTimeRecoverySpecification);

sealed record PointInTimeRecoverySpecificationWire(bool? PointInTimeRecoveryEnabled);

sealed record ContinuousBackupsAnswer(ContinuousBackupsWire ContinuousBackupsDescription);

sealed record ContinuousBackupsWire(string ContinuousBackupsStatus, PointInTimeRecoveryWire PointInTimeRecoveryDescription);

sealed record PointInTimeRecoveryWire(string PointInTimeRecoveryStatus);
