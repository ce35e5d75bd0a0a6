"""Answers a call of the API (AWS_PROXY), or an event that names somebody."""

import json


def handler(event, context):
    query = event.get("queryStringParameters") or {}
    name = query.get("name") or event.get("name") or "stranger"
    print(f"greeting {name}")
    greeting = {"greeting": f"Hello, {name}!"}
    return {"statusCode": 200, "body": json.dumps(greeting)} if "httpMethod" in event else greeting
