"""How errors look in AWS's error documents.

The names of this folder's modules begin with _portico because they share the function's module
namespace, and must not stand in the way of a module of its own.
"""

import os
import traceback

_OWN_FOLDER = os.path.dirname(os.path.abspath(__file__))


class Fault(Exception):
    """An error that the runtime raises rather than the function: AWS's Runtime.* error types."""

    def __init__(self, error_type, message, stack_trace=()):
        super().__init__(message)
        self.error_type = error_type
        self.stack_trace = list(stack_trace)


def document(error, request_id):
    """The error document: errorMessage, errorType, requestId, stackTrace, in this order.

    Source: recorded, facts INV-04 and INV-05 (during init the request id is empty).
    """
    if isinstance(error, Fault):
        error_type, stack_trace = error.error_type, error.stack_trace
    else:
        error_type, stack_trace = type(error).__name__, frames(error.__traceback__)
    return {
        "errorMessage": _text(error),
        "errorType": error_type,
        "requestId": request_id,
        "stackTrace": stack_trace,
    }


def frames(trace):
    """The frames of a traceback from the function's code on, one text each as AWS formats them.

    Not traceback's own format, which since Python 3.11 underlines the failing expression.
    """
    summary = traceback.extract_tb(trace)
    first = next((i for i, frame in enumerate(summary) if not _is_runtime(frame.filename)), len(summary))
    return [_frame(frame) for frame in summary[first:] if not frame.filename.startswith("<frozen importlib")]


def _frame(frame):
    text = f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}\n'
    return f"{text}    {frame.line}\n" if frame.line else text


def _is_runtime(filename):
    return (
        os.path.dirname(filename) == _OWN_FOLDER
        or filename.startswith("<frozen importlib")
        or filename.endswith(os.path.join("importlib", "__init__.py"))
    )


def _text(error):
    try:
        return str(error)
    except Exception:  # An exception's own __str__ may fail, and must not take the report with it.
        return ""
