"""Answers that may differ from the recorded ones, and why."""

READY = "Here an update is ready within milliseconds; whether it still shows as being in progress depends on the machine."
OLD = "Recorded in 2022, before SnapStart, LoggingConfig and RuntimeVersionConfig; newer recordings have them, and so has Lambray."
NOT_SERVED = "This server does not have the service, nothing is read, and the mapping says so."

KNOWN = {
    "TestLambdaFunction::test_lambda_code_location_zipfile get-function-response-updated": READY,
    "TestLambdaFunction::test_lambda_code_location_s3 get-function-response-updated": READY,
    "TestLambdaVersions::test_publish_with_update get_function_version_result": READY,
    "TestLambdaVersions::test_publish_with_update get_function_latest_result": READY,
    "TestLambdaVersions::test_publish_with_wrong_revisionid create_response": OLD,
    "TestLambdaVersions::test_publish_with_wrong_revisionid get_fn_response": OLD,
    "TestLambdaVersions::test_publish_with_wrong_revisionid publish_result": OLD,
    "TestLambdaFunction::test_function_arns function_arn_other_account_exc": "AWS says nothing at all; Lambray says which account it stands for.",
    "TestLambdaLayer::test_layer_exceptions list_layers_exc_compatibleruntime_invalid": "AWS lists names that never were public, and in another order each time.",
    "TestLambdaEventSourceMappings::test_event_source_mapping_lifecycle get_response": NOT_SERVED,
    "TestLambdaEventSourceMappings::test_event_source_mapping_lifecycle delete_response": NOT_SERVED,
    "TestLambdaEventSourceMappings::test_event_source_mapping_lifecycle_delete_function get_response": NOT_SERVED,
    "TestLambdaEventSourceMappings::test_event_source_mapping_lifecycle_delete_function get_response_post_delete": NOT_SERVED,
    "TestLambdaEventSourceMappings::test_event_source_mapping_lifecycle_delete_function delete_response": NOT_SERVED,
    "TestDynamoDBEventSourceMapping::test_disabled_dynamodb_event_source_mapping update_event_source_mapping_result": NOT_SERVED,
    "TestDynamoDBEventSourceMapping::test_deletion_event_source_mapping_with_dynamodb list_event_source_mapping_result": NOT_SERVED,
    "TestLambdaEventSourceMappings::test_create_event_source_self_managed event-source-mapping-default": "Recorded in 2024, before mappings had ARNs.",
    "TestLambdaEventSourceMappings::test_create_event_source_self_managed event-source-mapping-values": "Recorded in 2024, before mappings had ARNs.",
}
