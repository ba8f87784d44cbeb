namespace Lambray.Tests.Resources.Iam;

/// <summary>Policies that tests of IAM share.</summary>
static class IamSamples
{
    public const string XRayWrite = "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess";

    public const string LambdaTrust = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}
        """;

    public static string Trust(string principal) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{principal}}"},"Action":"sts:AssumeRole"}]}""";

    /// <summary>A policy of these statements.</summary>
    public static string Policy(params string[] statements) => $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""";

    public static string Statement(string effect, string action, string resource = "*", string? more = null) =>
        $$"""{"Effect":"{{effect}}","Action":"{{action}}","Resource":"{{resource}}"{{(more is null ? "" : "," + more)}}}""";
}
