"""Layers, and functions that use them."""

from case import package, recorded

Y = "TestLambdaLayer::"
RUNTIMES = [
    ["nodejs24.x", "nodejs22.x", "nodejs20.x", "nodejs18.x", "nodejs16.x", "nodejs14.x", "nodejs12.x", "python3.14", "python3.13", "python3.12", "python3.11",
     "python3.10", "python3.9", "python3.8", "python3.7"],
    ["java25", "java21", "java17", "java11", "java8.al2", "java8", "dotnet10", "dotnet8", "dotnet6", "dotnetcore3.1", "go1.x", "ruby3.4", "ruby3.3", "ruby3.2",
     "ruby2.7"],
    ["provided.al2023", "provided.al2", "provided"],
]


def publish(c, name, **settings):
    return c.publish_layer_version(LayerName=name, Content={"ZipFile": package()}, **settings)


@recorded(*(Y + f"test_layer_compatibilities[runtimes{index}]" for index in range(len(RUNTIMES))))
def compatible_runtimes(c):
    c.match("publish_result", publish(c, c.new_name("layer"), CompatibleRuntimes=RUNTIMES[int(c.parameter[-1])], CompatibleArchitectures=["arm64", "x86_64"]))


@recorded(Y + "test_layer_exceptions")
def layers_that_cannot_be(c):
    name = c.new_name("layer")
    layer = c.match("publish_result", publish(c, name, CompatibleRuntimes=["python3.12"], CompatibleArchitectures=["x86_64"]))
    c.refused("list_layers_exc_compatibleruntime_invalid", "list_layers", CompatibleRuntime="runtimedoesnotexist")
    c.refused("list_layers_exc_compatiblearchitecture_invalid", "list_layers", CompatibleArchitecture="archdoesnotexist")
    c.match("list_nonexistent_layer", c.list_layer_versions(LayerName="layerdoesnotexist"))
    c.refused("get_layer_version_exc_layer_doesnotexist", "get_layer_version", LayerName="layerdoesnotexist", VersionNumber=1)
    c.refused("get_layer_version_exc_layer_version_doesnotexist_negative", "get_layer_version", LayerName=name, VersionNumber=-1)
    c.refused("get_layer_version_exc_layer_version_doesnotexist_zero", "get_layer_version", LayerName=name, VersionNumber=0)
    c.refused("get_layer_version_exc_layer_version_doesnotexist_2", "get_layer_version", LayerName=name, VersionNumber=2)
    c.refused("get_layer_version_by_arn_exc_invalidarn", "get_layer_version_by_arn", Arn=layer["LayerArn"])
    c.refused("get_layer_version_by_arn_exc_nonexistentversion", "get_layer_version_by_arn", Arn=f"{layer['LayerArn']}:2")
    c.match("delete_nonexistent_response", c.delete_layer_version(LayerName="layerdoesnotexist", VersionNumber=1))
    c.match("delete_nonexistent_version_response", c.delete_layer_version(LayerName=name, VersionNumber=2))
    c.match("delete_layer_response", c.delete_layer_version(LayerName=name, VersionNumber=1))
    c.match("delete_layer_again_response", c.delete_layer_version(LayerName=name, VersionNumber=1))
    c.refused("delete_layer_version_exc_layerversion_invalid_version", "delete_layer_version", LayerName=name, VersionNumber=-1)
    c.match("publish_empty_result", publish(c, c.new_name("layer"), CompatibleRuntimes=[], CompatibleArchitectures=[]))
    content = {"LayerName": c.new_name("layer"), "Content": {"ZipFile": package()}}
    c.refused("publish_layer_version_exc_invalid_runtime_arch", "publish_layer_version", **content,
              CompatibleRuntimes=["invalidruntime"], CompatibleArchitectures=["invalidarch"])
    c.refused("publish_layer_version_exc_partially_invalid_values", "publish_layer_version", **content,
              CompatibleRuntimes=["invalidruntime", "invalidruntime2", "nodejs20.x"], CompatibleArchitectures=["invalidarch", "x86_64"])


@recorded(Y + "test_layer_function_exceptions")
def layers_that_a_function_cannot_have(c):
    layer_name = c.new_name("layer")
    settings = {"CompatibleRuntimes": [], "CompatibleArchitectures": ["x86_64"]}
    one, two, three = (c.match(label, publish(c, layer_name, **settings)) for label in ("publish_result", "publish_result_2", "publish_result_3"))
    name, _ = c.create_usual()
    c.match("get_fn_result", c.get_function(FunctionName=name))
    versions = [layer["LayerVersionArn"] for layer in (one, two, three)]
    for label, layers in {
        "two_layer_versions_single_function_exc": versions[:2],
        "three_layer_versions_single_function_exc": versions,
        "two_identical_layer_versions_single_function_exc": [versions[0], versions[0]],
        "add_nonexistent_layer_exc": [one["LayerArn"].replace(layer_name, "doesnotexist") + ":1"],
        "add_nonexistent_layer_version_exc": [one["LayerArn"] + ":9"],
        "add_layer_arn_without_version_exc": [one["LayerArn"]],
    }.items():
        c.refused(label, "update_function_configuration", FunctionName=name, Layers=layers)
    c.refused("create_function_with_layer_in_different_region", "create_function", FunctionName=c.new_name(),
              **c.settings(Layers=[versions[0].replace(c.region, "us-west-2")]))


@recorded(Y + "test_layer_function_quota_exception")
def too_many_layers(c):
    layers = [publish(c, c.new_name("layer"), CompatibleRuntimes=[], CompatibleArchitectures=["x86_64"])["LayerVersionArn"] for _ in range(6)]
    c.refused("create_function_with_six_layers", "create_function", FunctionName=c.new_name(), **c.settings(Layers=layers))


@recorded(Y + "test_layer_lifecycle")
def layer_lifecycle(c):
    name, _ = c.create_usual()
    layer_name = c.new_name("layer")
    settings = {"CompatibleRuntimes": ["python3.12"], "LicenseInfo": "licenseinfo", "Description": "description", "CompatibleArchitectures": ["x86_64"]}
    c.match("get_fn_result", c.get_function(FunctionName=name))
    c.match("get_fn_config_result", c.get_function_configuration(FunctionName=name))
    layer = c.match("publish_result", publish(c, layer_name, **settings))
    c.match("publish_result_2", publish(c, layer_name, **settings))
    c.match("update_fn_config", c.update_function_configuration(FunctionName=name, Layers=[layer["LayerVersionArn"]]))
    c.settle(name)
    c.match("get_fn_config", c.get_function_configuration(FunctionName=name))
    c.match("get_layer_ver_result", c.get_layer_version(LayerName=layer_name, VersionNumber=1))
    c.match("get_layer_by_arn_version", c.get_layer_version_by_arn(Arn=layer["LayerVersionArn"]))
    c.match("list_layer_versions_predelete", c.list_layer_versions(LayerName=layer_name))
    c.match("delete_layer_1", c.delete_layer_version(LayerName=layer_name, VersionNumber=1))
    c.match("get_fn_config_postdelete", c.get_function_configuration(FunctionName=name))
    c.match("delete_layer_2", c.delete_layer_version(LayerName=layer_name, VersionNumber=2))
    c.match("list_layer_versions_postdelete", c.list_layer_versions(LayerName=layer_name))
    c.match("publish_result_3", publish(c, layer_name, **settings))


@recorded(Y + "test_layer_s3_content")
def content_in_a_bucket(c):
    c.client.put_object("recorded-layers", "layercontent.zip", package())
    c.match("publish_layer_result", c.publish_layer_version(LayerName=c.new_name("layer"), Content={"S3Bucket": "recorded-layers", "S3Key": "layercontent.zip"}))
