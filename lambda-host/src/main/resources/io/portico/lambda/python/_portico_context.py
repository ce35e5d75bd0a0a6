"""The context object that a handler gets.

See https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
"""

import json
import os
import time


class _Record:
    """Shows its members as AWS's context does when it is printed."""

    def __repr__(self):
        members = ",".join(f"{name}={value!s}" for name, value in vars(self).items() if name[0] != "_")
        return f"{type(self).__name__}([{members}])"


class Client(_Record):
    def __init__(self, values):
        self.installation_id = values.get("installation_id")
        self.app_title = values.get("app_title")
        self.app_version_name = values.get("app_version_name")
        self.app_version_code = values.get("app_version_code")
        self.app_package_name = values.get("app_package_name")


class ClientContext(_Record):
    def __init__(self, values):
        self.custom = values.get("custom")
        self.env = values.get("env")
        client = values.get("client")
        self.client = Client(client) if client else None


class CognitoIdentity(_Record):
    """AWS: it is there without an identity too, then empty; source: printed contexts in public questions."""

    def __init__(self, values):
        self.cognito_identity_id = values.get("cognitoIdentityId")
        self.cognito_identity_pool_id = values.get("cognitoIdentityPoolId")


class LambdaContext(_Record):
    def __init__(self, headers):
        environment = os.environ
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.log_group_name = environment.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = environment.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = environment.get("AWS_LAMBDA_FUNCTION_NAME")
        # A string, and client_context None; source: recorded, facts INV-14
        self.memory_limit_in_mb = environment.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = environment.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        client_context = _json(headers.get("lambda-runtime-client-context"))
        self.client_context = ClientContext(client_context) if client_context else None
        self.identity = CognitoIdentity(_json(headers.get("lambda-runtime-cognito-identity")) or {})
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        self._deadline = int(headers.get("lambda-runtime-deadline-ms", 0))

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))


def _json(header):
    # Headers are read as latin-1; what they carry is UTF-8.
    return json.loads(header.encode("latin-1").decode("utf-8")) if header else None
