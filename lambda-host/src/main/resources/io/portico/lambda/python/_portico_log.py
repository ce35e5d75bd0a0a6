"""The function's log, written as AWS's runtimes write it.

Everything goes to stdout, one log event a line. A newline inside an event becomes a carriage return,
which does not split it; source: recorded, facts INV-13.

See https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html
"""

import json
import logging
import os
import sys
import time

from _portico_errors import frames

_FORMAT = "[%(levelname)s]\t%(asctime)s.%(msecs)dZ\t%(aws_request_id)s\t%(message)s\n"
_TIME = "%Y-%m-%dT%H:%M:%S"
_LEVELS = {
    "TRACE": logging.DEBUG,
    "DEBUG": logging.DEBUG,
    "INFO": logging.INFO,
    "WARN": logging.WARNING,
    "WARNING": logging.WARNING,
    "ERROR": logging.ERROR,
    "FATAL": logging.CRITICAL,
    "CRITICAL": logging.CRITICAL,
}

_as_json = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"

# The invocation that lines belong to: the last one begun; none during init.
_request_id = ""


def log_for(request_id):
    global _request_id
    _request_id = request_id


def install():
    """Gives stdout to whole lines, and the root logger AWS's handler."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    handler = LambdaLoggerHandler()
    handler.addFilter(LambdaLoggerFilter())
    handler.setFormatter(_JsonFormatter() if _as_json else _text_formatter())
    root = logging.getLogger()
    root.addHandler(handler)
    # AWS: levels filter JSON lines only; source: monitoring-cloudwatchlogs-log-level.html
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper() if _as_json else ""
    if level in _LEVELS:
        root.setLevel(_LEVELS[level])


def flush():
    """Everything printed before a response must stand in the pipe before the response is posted."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass  # The function has put something else there, or closed it.


def log_error(document):
    """Logs an error document as AWS does."""
    if _as_json:
        # AWS: the key was log_level for long; source: github.com/aws/aws-lambda-python-runtime-interface-client/issues/220
        line = {"timestamp": _timestamp(time.time()), "level": "ERROR", **document}
        _write(json.dumps(line, ensure_ascii=False))
    else:
        trace = "".join(document["stackTrace"])
        _write(
            f"[ERROR] {document['errorType']}: {document['errorMessage']}\n"
            f"Traceback (most recent call last):\n{trace}"
        )


class LambdaLoggerHandler(logging.Handler):
    def emit(self, record):
        try:
            _write(self.format(record))
        except Exception:
            self.handleError(record)


class LambdaLoggerFilter(logging.Filter):
    """Adds the request id to each record, so that a function's own formats can name it too."""

    def filter(self, record):
        record.aws_request_id = _request_id
        return True


class _JsonFormatter(logging.Formatter):
    """AWS's keys, then whatever `extra` brought; source: python-logging.html."""

    # Since Python 3.12 a record has a taskName, but only where tasks are.
    _standard = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "aws_request_id", "taskName"}

    def format(self, record):
        line = {
            "timestamp": _timestamp(record.created),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info and record.exc_info[1] is not None:
            error_class, error, trace = record.exc_info
            line["stackTrace"] = frames(trace)
            line["errorType"] = error_class.__name__
            line["errorMessage"] = str(error)
            line["location"] = f"{record.pathname}:{record.funcName}:{record.lineno}"
        if record.aws_request_id:
            line["requestId"] = record.aws_request_id
        for name, value in vars(record).items():
            if name not in self._standard and name not in line:
                line[name] = value
        return json.dumps(line, ensure_ascii=False, default=str)


def _text_formatter():
    formatter = logging.Formatter(_FORMAT, _TIME)
    formatter.converter = time.gmtime
    return formatter


def _timestamp(seconds):
    return time.strftime(_TIME, time.gmtime(seconds)) + f".{int(seconds * 1000) % 1000:03d}Z"


def _write(event):
    # A carriage return of a Windows line end would otherwise be doubled.
    sys.stdout.write(event.rstrip("\n").replace("\r\n", "\n").replace("\n", "\r") + "\n")
