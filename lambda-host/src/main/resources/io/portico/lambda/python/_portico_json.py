"""What handlers get and return, from and to JSON."""

import decimal
import json
import uuid

from _portico_errors import Fault

# Stands for a Decimal until the text is made; a number that no handler can hit by chance.
_MARK = uuid.uuid4().hex


def event_of(body):
    """The event. A payload that is left out is an empty one, as where Lambda's API is called without it."""
    try:
        return json.loads(body.decode("utf-8")) if body else {}
    except ValueError as error:
        raise Fault("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from error


def payload_of(result):
    """A result as bytes."""
    decimals = []

    def encode_other(value):
        # AWS: a Decimal keeps its digits, bytes are taken for UTF-8; source: inferred. That both pass at all is
        # told by github.com/serverless/serverless/pull/10178 and github.com/DataDog/datadog-lambda-python/issues/326
        if isinstance(value, decimal.Decimal):
            decimals.append("NaN" if value.is_nan() else str(value))
            return f"{_MARK}{len(decimals) - 1}."
        if isinstance(value, (bytes, bytearray)):
            return value.decode("utf-8")
        raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")

    try:
        text = json.dumps(result, ensure_ascii=False, default=encode_other)
        for index, digits in enumerate(decimals):
            text = text.replace(f'"{_MARK}{index}."', digits)
        return text.encode("utf-8")
    except Exception as error:  # Whatever it is, it concerns the result, not the runtime.
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}") from error
