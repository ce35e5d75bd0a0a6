"""Holds a boto3 client: a line of JSON in, {"operation", "input"}; a line out, {"output"} or {"error"}."""

import datetime
import json
import os
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore import xform_name


def plain(value):
    """The value as JSON has it; blobs are texts here."""
    if hasattr(value, "read"):
        value = value.read()
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value)}")


def main():
    client = boto3.client(
        "apigateway",
        endpoint_url=os.environ["AWS_ENDPOINT_URL"],
        config=Config(retries={"total_max_attempts": 1}),
    )
    for line in sys.stdin:
        request = json.loads(line)
        try:
            output = getattr(client, xform_name(request["operation"]))(**request["input"])
            output.pop("ResponseMetadata", None)
            answer = {"output": output}
        except ClientError as error:
            answer = {
                "error": {
                    "code": error.response["Error"]["Code"],
                    "type": type(error).__name__,
                    "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
                    "message": error.response["Error"]["Message"],
                }
            }
        print(json.dumps(answer, default=plain), flush=True)


main()
