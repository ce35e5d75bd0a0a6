"""Runs the AWS CLI: a line of JSON in, its arguments; a line out, {"exit", "out", "err"}."""

import io
import json
import sys

import warm


def text():
    """What stands for a file that the CLI writes to."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


def main():
    requests, answers = sys.stdin, sys.stdout
    warm.load()
    for line in requests:
        sys.stdin, sys.stdout, sys.stderr = io.StringIO(), text(), text()
        answer = {"exit": warm.call(json.loads(line))}
        for name, file in (("out", sys.stdout), ("err", sys.stderr)):
            answer[name] = file.buffer.getvalue().decode("utf-8")
        sys.stderr = sys.__stderr__
        print(json.dumps(answer), file=answers, flush=True)


main()
