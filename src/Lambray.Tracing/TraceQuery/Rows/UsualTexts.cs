namespace Lambray.Tracing.TraceQuery.Rows;

/// <summary>Texts that most rows have, which are written as their numbers.</summary>
static class UsualTexts
{
    /// <remarks>In this order for ever, as rows on disk count on it: what is new is put at the end, with a new version of the row.</remarks>
    public static readonly string[] All =
    [
        "client", "remote", "AWS::Lambda", "AWS::Lambda::Function", "AWS::ApiGateway::Stage", "AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::S3",
        "AWS::SNS", "AWS::Events", "AWS::StepFunctions::StateMachine", "AWS::StepFunctions", "AWS::AppSync::GraphQLAPI", "AWS::EC2::Instance",
        "AWS::ECS::Container", "AWS::EKS::Container", "AWS::ElasticBeanstalk::Environment", "AWS::CloudWatchLogs", "AWS::Kinesis",
        "AWS::SecretsManager", "AWS::SSM", "AWS::STS", "AWS::KMS", "AWS::IAM", "Database::SQL", "DynamoDB", "S3", "SNS", "SQS", "Lambda", "Events",
        "GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "000000000000", "Initialization", "Invocation", "Overhead",
    ];

    public static readonly Dictionary<string, int> Numbers = All.Index().ToDictionary(text => text.Item, text => text.Index, StringComparer.Ordinal);
}
