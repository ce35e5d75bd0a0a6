"""Portico's Lambda runtime for Python: loads the handler, then answers one invocation after another.

The host starts it with the environment of a managed runtime; it needs nothing but Python 3.9 or later.

See https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
"""

import json
import os
import sys

import _portico_log as log
from _portico_context import LambdaContext
from _portico_errors import document
from _portico_handler import load_handler
from _portico_json import event_of, payload_of
from _portico_runtime_api import HostGone, RuntimeApi


def main():
    try:
        api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
        log.install()
        handler = _init(api)
        while True:
            headers, body = api.next()
            _invoke(api, handler, headers, body)
    except HostGone:
        _end()


def _init(api):
    _set_module_path(os.environ.get("LAMBDA_TASK_ROOT", os.getcwd()))
    try:
        return load_handler(os.environ.get("_HANDLER", ""))
    except Exception as error:  # sys.exit is none: it ends the process, and the host reports that.
        error_type, body = _report(error, "")
        api.fail_init(error_type, body)
        _end()


def _set_module_path(task_root):
    # This folder came first because the interpreter puts the script's there; now it would only be in the way.
    own_folder = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [task_root] + [path for path in sys.path if path not in (own_folder, task_root)]


def _invoke(api, handler, headers, body):
    request_id = headers["lambda-runtime-aws-request-id"]
    log.log_for(request_id)
    _set_trace(headers.get("lambda-runtime-trace-id"))
    try:
        payload = payload_of(handler(event_of(body), LambdaContext(headers)))
    except Exception as error:
        error_type, failure = _report(error, request_id)
        api.fail(request_id, error_type, failure)
    else:
        log.flush()
        api.respond(request_id, payload)


def _set_trace(trace_id):
    if trace_id:
        os.environ["_X_AMZN_TRACE_ID"] = trace_id
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)


def _report(error, request_id):
    """Logs an error; returns its type and its document."""
    failure = document(error, request_id)
    log.log_error(failure)
    log.flush()
    # A lone surrogate in a message has no UTF-8, but the report must not fail of it.
    return failure["errorType"], json.dumps(failure, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _end():
    """Ends at once, as threads that the function has left behind could hold up an ordinary exit for ever."""
    log.flush()
    os._exit(1)


if __name__ == "__main__":
    main()
