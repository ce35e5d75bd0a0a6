"""Downloads an SDK with boto3: argv is GetSdk's input as JSON, and the file to write."""

import json
import os
import sys

import boto3

client = boto3.client("apigateway", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
sdk = client.get_sdk(**json.loads(sys.argv[1]))
with open(sys.argv[2], "wb") as zip_file:
    zip_file.write(sdk["body"].read())
print(json.dumps({"contentType": sdk["contentType"], "contentDisposition": sdk["contentDisposition"]}))
