"""Tells the followers of an album that a photo has come, and marks the photo as announced. No X-Ray SDK."""

import json
import os

import boto3

photos = boto3.resource("dynamodb").Table(os.environ["PHOTOS"])


def lambda_handler(event, context):
    failed = []
    for record in event["Records"]:
        try:
            announce(json.loads(json.loads(record["body"])["Message"]))
        except Exception as error:
            print(f"{record['messageId']} stays in the queue: {error!r}")
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def announce(photo):
    print(f"To the followers of {photo['album']}: there is a new photo, {photo['id']}.")
    # A photo that was taken out meanwhile is not to come back as half an item.
    photos.update_item(
        Key={"id": photo["id"]},
        UpdateExpression="SET #state = :announced",
        ConditionExpression="attribute_exists(id)",
        ExpressionAttributeNames={"#state": "state"},
        ExpressionAttributeValues={":announced": "announced"},
    )
