"""Event source mappings, as far as they can be told without the streams and brokers themselves."""

import json

from case import CASES, recorded
from cases.settings import refuse_tags

L = "TestLambdaEventSourceMappings::"
Q = "TestSQSEventSourceMapping::"
K = "TestKinesisSource::"
D = "TestDynamoDBEventSourceMapping::"
T = "TestLambdaTag::"


def queue(c, name="queue"):
    """The ARN of a queue that is there."""
    name = c.new_name(name)
    c.client.create_queue(name)
    return f"arn:aws:sqs:{c.region}:{c.account}:{name}"


def fifo_queue(c):
    name = c.new_name("queue") + ".fifo"
    c.client.create_queue(name, FifoQueue="true")
    return f"arn:aws:sqs:{c.region}:{c.account}:{name}"


def stream(c):
    """The ARN of a stream that is there."""
    name = c.new_name("stream")
    c.client.create_stream(name)
    return f"arn:aws:kinesis:{c.region}:{c.account}:stream/{name}"


def table_stream(c):
    """The ARN of a table's stream that is there."""
    return c.client.create_table_stream(c.new_name("table"))


def function(c):
    return c.create_usual()[0]


def to(destination):
    return {"DestinationConfig": {"OnFailure": {"Destination": destination}}}


def retries(count):
    return {"MaximumRetryAttempts": count}


@recorded(L + "test_event_source_mapping_exceptions")
def mappings_that_cannot_be(c):
    nowhere = "3d4b6b0b-2b0e-4f0e-9c3f-4b0f5a0d8a11"
    c.refused("get_unknown_uuid", "get_event_source_mapping", UUID=nowhere)
    c.refused("delete_unknown_uuid", "delete_event_source_mapping", UUID=nowhere)
    c.refused("update_unknown_uuid", "update_event_source_mapping", UUID=nowhere, Enabled=False)
    c.list_event_source_mappings(FunctionName="doesnotexist")
    source = {"FunctionName": "doesnotexist", "EventSourceArn": f"arn:aws:sqs:{c.region}:111111111111:somequeue"}
    c.refused("create_no_event_source_arn", "create_event_source_mapping", FunctionName="doesnotexist")
    c.refused("create_unknown_params", "create_event_source_mapping", **source)
    c.refused("destination_config_failure", "create_event_source_mapping", DestinationConfig={"OnSuccess": {"Destination": queue(c)}}, **source)


@recorded(L + "test_event_source_mapping_lifecycle", L + "test_event_source_mapping_lifecycle_delete_function")
def lifecycle(c):
    name = function(c)
    created = c.match("create_response", c.create_event_source_mapping(
        FunctionName=name, EventSourceArn=table_stream(c), BatchSize=1, StartingPosition="TRIM_HORIZON", MaximumBatchingWindowInSeconds=1, **retries(1), **to(queue(c))))
    c.match("get_response", c.client.settle_mapping(created["UUID"]))
    if "delete_function_response" in c.recorded:
        c.match("delete_function_response", c.delete_function(FunctionName=name))
        c.match("get_response_post_delete", c.get_event_source_mapping(UUID=created["UUID"]))
    c.match("delete_response", c.delete_event_source_mapping(UUID=created["UUID"]))


@recorded(L + "test_function_name_variations")
def names_of_functions(c):
    name, source = function(c), queue(c)
    c.publish_version(FunctionName=name)
    c.create_alias(FunctionName=name, FunctionVersion="1", Name="myalias")
    named = {
        "name_only": name, "partial_arn_latest": f"{name}:$LATEST", "partial_arn_version": f"{name}:1", "partial_arn_alias": f"{name}:myalias",
        "full_arn_latest": c.arn(name), "full_arn_version": c.arn(f"{name}:1"), "full_arn_alias": c.arn(f"{name}:myalias"),
    }
    for label, given in named.items():
        created = c.match(f"{label}_create_esm", c.create_event_source_mapping(FunctionName=given, EventSourceArn=source))
        c.client.settle_mapping(created["UUID"])
        c.delete_event_source_mapping(UUID=created["UUID"])
        c.client.settle_mapping(created["UUID"])


@recorded(L + "test_create_event_source_validation", L + "test_create_event_source_validation_kinesis")
def starting_positions(c):
    source = {"FunctionName": function(c), "EventSourceArn": stream(c) if "kinesis" in c.name else table_stream(c)}
    c.refused("no_starting_position", "create_event_source_mapping", **source)
    c.refused("invalid_starting_position", "create_event_source_mapping", StartingPosition="invalid", **source)
    c.refused("incompatible_starting_position", "create_event_source_mapping", StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=1741010802, **source)


@recorded(L + "test_create_event_filter_criteria_validation")
def no_filters(c):
    c.match("response-with-empty-filters", c.create_event_source_mapping(
        FunctionName=function(c), EventSourceArn=table_stream(c), StartingPosition="LATEST", FilterCriteria={"Filters": []}))


@recorded(L + "test_create_event_source_self_managed")
def brokers_of_ones_own(c):
    secret = f"arn:aws:secretsmanager:{c.region}:{c.account}:secret:{c.new_name('secret')}"
    access = [{"Type": "BASIC_AUTH", "URI": secret}]

    def source(*brokers):
        return {"FunctionName": name, "SelfManagedEventSource": {"Endpoints": {"KAFKA_BOOTSTRAP_SERVERS": list(brokers)}}}

    name = function(c)
    one = {**source("kafka:1000"), "Topics": ["topic"]}
    c.refused("missing-source-access-configuration", "create_event_source_mapping", **one)
    c.match("event-source-mapping-default", c.create_event_source_mapping(SourceAccessConfigurations=access, **one))
    c.refused("duplicate-source", "create_event_source_mapping", SourceAccessConfigurations=access, **one)
    group = {"SelfManagedKafkaEventSourceConfig": {"ConsumerGroupId": "random_id"}, "BatchSize": 1, "SourceAccessConfigurations": access}
    c.match("event-source-mapping-values", c.create_event_source_mapping(**{**one, "Topics": ["topic_2"], **group, "StartingPosition": "LATEST"}))
    c.refused("multiple-duplicate-source", "create_event_source_mapping", Topics=["topic"], **source("kafka:1000", "kafka:2000"), **group)


@recorded("test_failing_lambda_retries_after_visibility_timeout")
def queue_with_single_messages(c):
    created = c.create_event_source_mapping(FunctionName=function(c), EventSourceArn=queue(c), BatchSize=1)
    c.match("event_source_mapping", c.client.settle_mapping(created["UUID"]))


@recorded(Q + "test_event_source_mapping_default_batch_size")
def batches_without_a_window(c):
    created = c.match("create-event-source-mapping", c.create_event_source_mapping(FunctionName=function(c), EventSourceArn=queue(c)))
    c.client.settle_mapping(created["UUID"])
    c.refused("invalid-create-event-source-mapping", "create_event_source_mapping", FunctionName=function(c), EventSourceArn=queue(c), BatchSize=15)
    c.refused("invalid-update-event-source-mapping", "update_event_source_mapping", UUID=created["UUID"], BatchSize=15)


@recorded("test_report_batch_item_failures")
def queue_with_partial_failures(c):
    c.match("create_event_source_mapping", c.create_event_source_mapping(
        FunctionName=function(c), EventSourceArn=queue(c), FunctionResponseTypes=["ReportBatchItemFailures"]))


@recorded(Q + "test_sqs_event_source_mapping_batching_reserved_concurrency")
def queue_with_few_pollers(c):
    c.match("create-event-source-mapping-response", c.create_event_source_mapping(
        FunctionName=function(c), EventSourceArn=queue(c), BatchSize=20, MaximumBatchingWindowInSeconds=1, ScalingConfig={"MaximumConcurrency": 2}))


@recorded(Q + "test_sqs_event_source_mapping_update")
def moved_to_another_version(c):
    name, _ = c.create_usual(Environment={"Variables": {"CUSTOM_VAR": "a"}})
    c.publish_version(FunctionName=name)
    created = c.match("create-event-source-mapping-response", c.create_event_source_mapping(
        FunctionName=c.arn(f"{name}:1"), EventSourceArn=queue(c), MaximumBatchingWindowInSeconds=1))
    c.client.settle_mapping(created["UUID"])
    c.update_function_configuration(FunctionName=name, Environment={"Variables": {"CUSTOM_VAR": "b"}})
    c.client.settle(name)
    c.publish_version(FunctionName=name)
    c.match("updated_esm", c.update_event_source_mapping(UUID=created["UUID"], FunctionName=c.arn(f"{name}:2")))
    c.match("updated_event_source_mapping", c.client.settle_mapping(created["UUID"]))


@recorded(Q + "test_duplicate_event_source_mappings", K + "test_duplicate_event_source_mappings", D + "test_duplicate_event_source_mappings")
def twice_the_same(c):
    kind = c.name.partition("::")[0] + "::"
    source = {Q: queue, K: stream, D: table_stream}[kind](c)
    settings = {
        Q: {}, K: {"StartingPosition": "LATEST"},
        D: {"StartingPosition": "TRIM_HORIZON", "MaximumBatchingWindowInSeconds": 1, "MaximumRetryAttempts": 1},
    }
    mapping = {"FunctionName": function(c), "EventSourceArn": source, **settings[kind]}
    c.match("create", c.create_event_source_mapping(**mapping))
    c.refused("error", "create_event_source_mapping", **mapping)
    c.create_event_source_mapping(**{**mapping, "FunctionName": function(c)})


@recorded("test_fifo_message_group_parallelism")
def enabled_later(c):
    created = c.match("create_esm_disabled", c.create_event_source_mapping(
        FunctionName=function(c), EventSourceArn=fifo_queue(c), BatchSize=1, Enabled=False))
    c.match("update_esm_enabling", c.update_event_source_mapping(UUID=created["UUID"], Enabled=True))
    c.match("get_esm_enabled", c.client.settle_mapping(created["UUID"]))


@recorded(D + "test_disabled_dynamodb_event_source_mapping")
def disabled_later(c):
    created = c.match("create_event_source_mapping_result", c.create_event_source_mapping(
        FunctionName=function(c), EventSourceArn=table_stream(c), StartingPosition="TRIM_HORIZON", MaximumBatchingWindowInSeconds=1))
    c.client.settle_mapping(created["UUID"])
    c.match("update_event_source_mapping_result", c.update_event_source_mapping(UUID=created["UUID"], Enabled=False))


@recorded(D + "test_deletion_event_source_mapping_with_dynamodb")
def listed_by_source(c):
    source = table_stream(c)
    created = c.match("create_event_source_mapping_result", c.create_event_source_mapping(
        FunctionName=function(c), EventSourceArn=source, StartingPosition="TRIM_HORIZON"))
    c.client.settle_mapping(created["UUID"])
    c.match("list_event_source_mapping_result", c.list_event_source_mappings(EventSourceArn=source))


def creation(name, source, **settings):
    """A case of which only the creation of a mapping is a matter of the control plane."""

    def create(c):
        given = {key: value(c) if callable(value) else value for key, value in settings.items()}
        c.match("create_event_source_mapping_response", c.create_event_source_mapping(FunctionName=function(c), EventSourceArn=source(c), **given))

    CASES[name] = create


def failing_to(arn_of):
    return {
        "BatchSize": 1, "StartingPosition": "TRIM_HORIZON", "MaximumBatchingWindowInSeconds": 1, "MaximumRetryAttempts": 1,
        "DestinationConfig": lambda c: {"OnFailure": {"Destination": arn_of(c)}},
    }


def topic(c):
    return f"arn:aws:sns:{c.region}:{c.account}:{c.new_name('topic')}"


def bucket(c):
    return f"arn:aws:s3:::{c.new_name('bucket')}"


PARTIAL = {
    **failing_to(queue), "BatchSize": 3, "MaximumRetryAttempts": 3, "FunctionResponseTypes": ["ReportBatchItemFailures"],
}
creation(K + "test_create_kinesis_event_source_mapping", stream, StartingPosition="LATEST")
creation(K + "test_kinesis_event_source_trim_horizon", stream, StartingPosition="TRIM_HORIZON", BatchSize=10)
creation(K + "test_kinesis_event_source_mapping_with_on_failure_destination_config", stream, **failing_to(queue))
creation(K + "test_kinesis_event_source_mapping_with_sns_on_failure_destination_config", stream, **failing_to(topic))
creation(K + "test_kinesis_event_source_mapping_with_s3_on_failure_destination", stream, **failing_to(bucket))
creation(K + "test_kinesis_report_batch_item_failures", stream, **PARTIAL)
creation(K + "test_kinesis_maximum_record_age_exceeded[expire-while-retrying]", stream,
         **{**failing_to(queue), "MaximumRetryAttempts": -1, "MaximumRecordAgeInSeconds": 60})
creation(D + "test_dynamodb_event_source_mapping", table_stream, StartingPosition="TRIM_HORIZON", BatchSize=1, MaximumBatchingWindowInSeconds=1, MaximumRetryAttempts=1)
creation(D + "test_dynamodb_event_source_mapping_with_on_failure_destination_config", table_stream, **failing_to(queue))
creation(D + "test_dynamodb_event_source_mapping_with_sns_on_failure_destination_config", table_stream, **failing_to(topic))
creation(D + "test_dynamodb_event_source_mapping_with_s3_on_failure_destination", table_stream, **failing_to(bucket))
creation(D + "test_dynamodb_report_batch_item_failures", table_stream, **PARTIAL)


@recorded(*[Q + f"test_sqs_event_filter[filter{number}-item_matching{number}-{other}]" for number, other in
            [(index, "this is a test string" if index == 4 else f"item_not_matching{index}") for index in range(8)]])
def filters(c):
    pattern = c.recorded["create_event_source_mapping_response"]["FilterCriteria"]["Filters"][0]["Pattern"]
    created = c.create_event_source_mapping(
        FunctionName=function(c), EventSourceArn=queue(c), MaximumBatchingWindowInSeconds=1, FilterCriteria={"Filters": [{"Pattern": json.dumps(pattern)}]})
    created["FilterCriteria"]["Filters"] = [{"Pattern": json.loads(one["Pattern"])} for one in created["FilterCriteria"]["Filters"]]
    c.match("create_event_source_mapping_response", created)


@recorded(*[Q + f"test_sqs_invalid_event_filter[{case}]" for case in ("None", "simple string", "invalid_filter2", "invalid_filter3")])
def filters_that_are_none(c):
    pattern = {"None": "null", "simple string": "simple string", "invalid_filter2": '{"eventSource": "aws:sqs"}', "invalid_filter3": '{"eventSource": []}'}
    c.refused("create_event_source_mapping_exception", "create_event_source_mapping", FunctionName=function(c), EventSourceArn=queue(c),
              MaximumBatchingWindowInSeconds=1, FilterCriteria={"Filters": [{"Pattern": pattern[c.parameter]}]})


@recorded(T + "test_create_tag_on_esm_create")
def tagged_at_once(c):
    created = c.create_event_source_mapping(FunctionName=function(c), EventSourceArn=queue(c), Tags={"testtag": "custom-tag"})
    c.match("list_tags_result", c.list_tags(Resource=created["EventSourceMappingArn"]))


@recorded(T + "test_tag_exceptions[event_source_mapping]")
def tags_of_mappings_that_are_not_there(c):
    arn = f"arn:aws:lambda:{c.region}:{c.account}:event-source-mapping:3d4b6b0b-2b0e-4f0e-9c3f-4b0f5a0d8a11"
    refuse_tags(c, arn)
    c.refused("aliased_arn_exception", "tag_resource", Resource=f"{arn}:alias", Tags={"A": "B"})
    c.refused("invalid_arn_exception", "tag_resource", Resource=arn.replace("event-source-mapping", "foobar"), Tags={"A": "B"})
