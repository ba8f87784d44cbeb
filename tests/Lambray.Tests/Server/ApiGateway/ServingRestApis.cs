using System.Net;
using System.Text.Json.Nodes;
using Lambray.Tests.Server.Tracing;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Server.ApiGateway;

/// <summary>Functions behind REST APIs, and the segments of their stages.</summary>
public sealed class ServingRestApis(ServingHttpApis.Fixture server) : IClassFixture<ServingHttpApis.Fixture>
{
    const string Lambda = $"arn:aws:apigateway:{WholeServer.Region}:lambda:path/2015-03-31/functions/arn:aws:lambda:{WholeServer.Region}:{WholeServer.Account}:function";

    [Fact]
    public async Task The_SDK_for_JavaScript_makes_apis_of_both_kinds() =>
        Assert.Equal("done", (await ClientProcess.Node("apis.mjs", server.Address.ToString(), ServingHttpApis.Fixture.ArnOf("echo"))).Succeeded.Trim());

    [Fact]
    public async Task Boto3_makes_an_api_of_which_every_method_does_what_it_says()
    {
        var made = await ClientProcess.Boto3(server.Address, $$$"""
            apis = client("apigateway")
            api = apis.create_rest_api(name="shop", tags=dict(team="shop"), binaryMediaTypes=["image/png"])["id"]
            root = apis.get_resources(restApiId=api)["items"][0]["id"]
            def resource(part, parent=root):
                return apis.create_resource(restApiId=api, parentId=parent, pathPart=part)["id"]
            def method(resource, name, function="echo", **settings):
                apis.put_method(restApiId=api, resourceId=resource, httpMethod=name, **dict(dict(authorizationType="NONE"), **settings))
                return apis.put_integration(restApiId=api, resourceId=resource, httpMethod=name, type="AWS_PROXY", integrationHttpMethod="POST", uri="{{{Lambda}}}:" + function + "/invocations")
            pets = resource("pets")
            pet = resource("{id}", pets)
            dog = resource("dog", pets)
            method(pets, "GET"), method(pet, "ANY"), method(dog, "GET")
            try:
                method(pets, "GET")
            except apis.exceptions.ConflictException as error:
                assert "Method already exists" in error.response["Error"]["Message"], error
            else:
                assert False, "a second method"
            late = resource("late")
            method(late, "GET")
            changed = apis.update_integration(restApiId=api, resourceId=late, httpMethod="GET", patchOperations=[dict(op="replace", path="/timeoutInMillis", value="50")])
            assert changed["timeoutInMillis"] == 50, changed
            # What browsers ask first, answered without a function.
            apis.put_method(restApiId=api, resourceId=pets, httpMethod="OPTIONS", authorizationType="NONE")
            apis.put_integration(restApiId=api, resourceId=pets, httpMethod="OPTIONS", type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
            apis.put_method_response(restApiId=api, resourceId=pets, httpMethod="OPTIONS", statusCode="204", responseParameters={"method.response.header.Access-Control-Allow-Origin": True})
            apis.put_integration_response(restApiId=api, resourceId=pets, httpMethod="OPTIONS", statusCode="204", responseParameters={"method.response.header.Access-Control-Allow-Origin": "'*'"})
            # Who is let in.
            token = apis.create_authorizer(restApiId=api, name="token", type="TOKEN", authorizerUri="{{{Lambda}}}:gate/invocations", identitySource="method.request.header.X-Token",
                identityValidationExpression="[a-z]+")["id"]
            whole = apis.create_authorizer(restApiId=api, name="whole", type="REQUEST", authorizerUri="{{{Lambda}}}:gate/invocations", identitySource="method.request.querystring.who",
                authorizerResultTtlInSeconds=0)["id"]
            method(resource("token"), "GET", authorizationType="CUSTOM", authorizerId=token)
            method(resource("whole"), "GET", authorizationType="CUSTOM", authorizerId=whole)
            deployment = apis.create_deployment(restApiId=api)["id"]
            stage = apis.create_stage(restApiId=api, stageName="prod", deploymentId=deployment, variables=dict(colour="blue"), tracingEnabled=True)
            assert stage["tracingEnabled"] and stage["variables"] == dict(colour="blue"), stage
            # Made after the deployment: not served.
            method(resource("later"), "GET")
            renamed = apis.update_rest_api(restApiId=api, patchOperations=[dict(op="replace", path="/description", value="Of pets"), dict(op="add", path="/binaryMediaTypes/image~1gif")])
            assert renamed["description"] == "Of pets" and renamed["binaryMediaTypes"] == ["image/png", "image/gif"], renamed
            arn = "arn:aws:apigateway:{{{WholeServer.Region}}}::/restapis/" + api
            apis.tag_resource(resourceArn=arn, tags=dict(more="1"))
            apis.untag_resource(resourceArn=arn, tagKeys=["team"])
            assert apis.get_tags(resourceArn=arn)["tags"] == dict(more="1")
            assert {item["path"] for item in apis.get_resources(restApiId=api)["items"]} >= {"/", "/pets", "/pets/{id}", "/pets/dog"}
            print(api, end="")
            """);
        var api = made.Succeeded;
        await server.CreateAsync("gate", """
            exports.handler = async event => {
              const who = event.type === 'TOKEN' ? event.authorizationToken : event.queryStringParameters.who;
              if (who === 'nobody') throw new Error('Unauthorized');
              if (who === 'broken') return {};
              return { principalId: who, context: { level: 5 }, policyDocument: { Version: '2012-10-17', Statement: [
                { Effect: who === 'friend' ? 'Allow' : 'Deny', Action: 'execute-api:Invoke', Resource: event.methodArn.replace(/\/GET\/.*/, '/*') }] } };
            };
            """);
        await server.SendAsync(HttpMethod.Post, "/2015-03-31/functions/gate/policy", """{"StatementId":"api","Action":"lambda:InvokeFunction","Principal":"apigateway.amazonaws.com"}""");

        var (status, pet) = await AskAsync(api, "/prod/pets/a%20cat?a=1&a=2");
        Assert.Equal((HttpStatusCode.OK, "/pets/{id}", "/pets/a cat", "a cat", "blue", "2", "/prod/pets/a cat"),
            (status, (string)pet["resource"]!, (string)pet["path"]!, (string)pet["pathParameters"]!["id"]!, (string)pet["stageVariables"]!["colour"]!, (string)pet["queryStringParameters"]!["a"]!,
                (string)pet["requestContext"]!["path"]!));
        Assert.Equal("""["1","2"]""", pet["multiValueQueryStringParameters"]!["a"]!.ToJsonString());
        Assert.Equal("/pets/dog", (string)(await AskAsync(api, "/prod/pets/dog/")).Body["resource"]!);
        // A path of its own, but not with this method.
        Assert.Equal((HttpStatusCode.Forbidden, "Missing Authentication Token"), await RefusedAsync("/prod/pets/dog", HttpMethod.Delete));
        Assert.Equal((HttpStatusCode.Forbidden, "Missing Authentication Token"), await RefusedAsync("/prod/later"));
        Assert.Equal((HttpStatusCode.Forbidden, "Forbidden"), await RefusedAsync("/other/pets"));
        Assert.Equal((HttpStatusCode.BadGateway, "Internal server error"), await RefusedAsync("/prod/pets?fail=1"));
        Assert.Equal((HttpStatusCode.BadGateway, "Internal server error"), await RefusedAsync("/prod/pets?raw={}"));
        Assert.Equal((HttpStatusCode.GatewayTimeout, "Endpoint request timed out"), await RefusedAsync("/prod/late?slow=1"));
        var preflight = await server.AskAsync(api, "/prod/pets", HttpMethod.Options);
        Assert.Equal((HttpStatusCode.NoContent, "*"), (preflight.Status, preflight.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        // Bytes only for who asks for them, as the API's binary types say.
        var image = await server.AskAsync(api, """/prod/pets?raw={"statusCode":200,"body":"AQID","isBase64Encoded":true}""", prepare: request => request.Headers.Add("Accept", "image/png"));
        var text = await server.AskAsync(api, """/prod/pets?raw={"statusCode":200,"body":"AQID","isBase64Encoded":true}""");
        Assert.Equal(("\u0001\u0002\u0003", "AQID"), (image.Body, text.Body));

        Assert.Equal((HttpStatusCode.Unauthorized, "Unauthorized"), await RefusedAsync("/prod/token"));
        Assert.Equal((HttpStatusCode.Unauthorized, "Unauthorized"), await RefusedAsync("/prod/token", token: "123"));
        Assert.Equal((HttpStatusCode.Unauthorized, "Unauthorized"), await RefusedAsync("/prod/token", token: "nobody"));
        Assert.Equal((HttpStatusCode.Forbidden, "User is not authorized to access this resource with an explicit deny"), await RefusedAsync("/prod/token", token: "stranger"));
        Assert.Equal((HttpStatusCode.InternalServerError, "Internal server error"), await RefusedAsync("/prod/whole?who=broken"));
        var let = (await AskAsync(api, "/prod/whole?who=friend")).Body["requestContext"]!["authorizer"]!;
        Assert.Equal(("friend", "5"), ((string)let["principalId"]!, (string)let["level"]!));
        Assert.Equal("friend", (string)(await AskAsync(api, "/prod/token", token: "friend")).Body["requestContext"]!["authorizer"]!["principalId"]!);
        // By the paths that local tools know.
        foreach (var path in (string[])[$"/_aws/execute-api/{api}/prod/pets", $"/restapis/{api}/prod/_user_request_/pets"])
            Assert.Equal("/pets", (string)JsonNode.Parse((await server.SendAsync(HttpMethod.Get, path)).Body)!["path"]!);

        async Task<(HttpStatusCode, string)> RefusedAsync(string path, HttpMethod? method = null, string? token = null)
        {
            var (refused, body) = await AskAsync(api, path, method, token);
            return (refused, (string)(body["message"] ?? body["Message"])!);
        }
    }

    [Fact]
    public async Task A_traced_stage_writes_a_segment_with_the_call_of_the_function_beneath()
    {
        var made = await ClientProcess.Boto3(server.Address, $$$"""
            apis = client("apigateway")
            api = apis.create_rest_api(name="traced")["id"]
            root = apis.get_resources(restApiId=api)["items"][0]["id"]
            apis.put_method(restApiId=api, resourceId=root, httpMethod="GET", authorizationType="NONE")
            apis.put_integration(restApiId=api, resourceId=root, httpMethod="GET", type="AWS_PROXY", integrationHttpMethod="POST", uri="{{{Lambda}}}:echo/invocations")
            apis.create_deployment(restApiId=api, stageName="dev", tracingEnabled=True)
            print(api, end="")
            """);
        var (id, call) = (StoredTrace.Begin().Id, SegmentId.New());

        var answer = await server.AskAsync(made.Succeeded, """/dev?raw={"statusCode":201,"body":"text"}""", prepare: request => request.Headers.Add(TraceHeader.Name, $"Root={id};Parent={call};Sampled=1"));

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var documents = (await StoredTrace.WithAsync(server.Http, id, "traced/dev", "echo", "echo")).Select(document => JsonNode.Parse(document)!).ToList();
        var stage = documents.Single(document => (string)document["origin"]! == "AWS::ApiGateway::Stage");
        Assert.Equal(("traced/dev", call.ToString(), $"arn:aws:apigateway:{WholeServer.Region}::/restapis/{made.Succeeded}/stages/dev", 201),
            ((string)stage["name"]!, (string)stage["parent_id"]!, (string)stage["resource_arn"]!, (int)stage["http"]!["response"]!["status"]!));
        Assert.Equal((WholeServer.Account, made.Succeeded, "dev", answer.Headers.GetValues("x-amzn-RequestId").Single()),
            ((string)stage["aws"]!["api_gateway"]!["account_id"]!, (string)stage["aws"]!["api_gateway"]!["rest_api_id"]!, (string)stage["aws"]!["api_gateway"]!["stage"]!,
                (string)stage["aws"]!["api_gateway"]!["request_id"]!));
        Assert.Equal((made.Succeeded, "dev"), ((string)stage["annotations"]!["aws:api_id"]!, (string)stage["annotations"]!["aws:api_stage"]!));
        var invoked = Assert.Single(stage["subsegments"]!.AsArray())!;
        Assert.Equal(("Lambda", "aws", "echo", "Invoke", 201, 4),
            ((string)invoked["name"]!, (string)invoked["namespace"]!, (string)invoked["aws"]!["function_name"]!, (string)invoked["aws"]!["operation"]!, (int)invoked["http"]!["response"]!["status"]!,
                (int)invoked["http"]!["response"]!["content_length"]!));
        var service = documents.Single(document => (string)document["origin"]! == "AWS::Lambda");
        Assert.Equal((string)invoked["id"]!, (string)service["parent_id"]!);

        // Without a decision the sampling rules make it: none of these, here.
        var rule = await server.SendAsync(HttpMethod.Post, "/CreateSamplingRule", """
            {"SamplingRule":{"RuleName":"never","Priority":1,"FixedRate":0,"ReservoirSize":0,"ServiceName":"traced/*","ServiceType":"AWS::ApiGateway::Stage","Host":"*","HTTPMethod":"*","URLPath":"*","ResourceARN":"*","Version":1}}
            """);
        Assert.Equal(HttpStatusCode.OK, rule.Status);
        var unsampled = await server.AskAsync(made.Succeeded, "/dev");
        Assert.EndsWith("Sampled=0", (string)JsonNode.Parse(unsampled.Body)!["headers"]!["X-Amzn-Trace-Id"]!, StringComparison.Ordinal);
    }

    async Task<(HttpStatusCode Status, JsonNode Body)> AskAsync(string api, string path, HttpMethod? method = null, string? token = null)
    {
        var answer = await server.AskAsync(api, path, method, request =>
        {
            if (token is not null) request.Headers.Add("X-Token", token);
        });
        return (answer.Status, JsonNode.Parse(answer.Body)!);
    }
}
