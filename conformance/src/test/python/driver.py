"""Holds boto3 clients: a line of JSON in, {"service", "operation", "input", "archive"}; a line out,
{"output"} or {"error"}. An archive is Base64, other blobs are texts."""

import base64
import datetime
import functools
import json
import os
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore import xform_name


@functools.cache
def client(service):
    return boto3.client(
        service,
        endpoint_url=os.environ["AWS_ENDPOINT_URL"],
        config=Config(retries={"total_max_attempts": 1}),
    )


def plain(value, archive):
    """The value as JSON has it."""
    if hasattr(value, "read"):
        value = value.read()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode() if archive else value.decode("utf-8")
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value)}")


def main():
    for line in sys.stdin:
        request = json.loads(line)
        try:
            operation = getattr(client(request["service"]), xform_name(request["operation"]))
            output = operation(**request["input"])
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
        to_json = functools.partial(plain, archive=request["archive"])
        print(json.dumps(answer, default=to_json), flush=True)


main()
