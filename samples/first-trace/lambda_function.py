import os
import urllib.request


def lambda_handler(event, context):
    """Composes a greeting and puts it into a bucket: {"name": "Ada"}. No X-Ray SDK is needed for the call to be seen."""
    greeting = f"Hello, {event.get('name', 'world')}!"
    print("Composed", greeting)
    place = f"{os.environ['AWS_ENDPOINT_URL']}/{os.environ['BUCKET']}/greeting.txt"
    with urllib.request.urlopen(urllib.request.Request(place, greeting.encode(), method="PUT")):
        return {"greeting": greeting}
