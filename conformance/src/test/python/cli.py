"""Runs the AWS CLI: a line of JSON in, its arguments; a line out, {"exit", "out", "err"}.

Each call is a process of its own, forked from this one, which has loaded the CLI's modules and the models
of the services that it has been called for.
"""

import gc
import json
import os
import signal
import sys
import tempfile
import traceback

import awscli.clidriver
from botocore.loaders import JSONFileLoader

SECONDS = 60
SERVICES = ["apigateway", "iam", "sts", "logs", "acm"]


def keep_models():
    """Has service models read once."""
    read = JSONFileLoader.load_file
    models = {}

    def load_file(loader, path):
        if path not in models:
            models[path] = read(loader, path)
        return models[path]

    JSONFileLoader.load_file = load_file


def load():
    """Imports what the CLI imports with its first call."""
    session = awscli.clidriver.create_clidriver().session
    for service in SERVICES:
        session.create_client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    # What is there now stays: copies of this process that look at none of it share its memory.
    gc.freeze()


def become_the_cli(arguments, out, err):
    """Never returns. A copy of this process takes nothing down that it shares."""
    status = 1
    try:
        signal.alarm(SECONDS)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        sys.argv = ["aws", *arguments]
        status = awscli.clidriver.main()
    except SystemExit as end:
        status = end.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else 1)


def main():
    keep_models()
    load()
    for line in sys.stdin:
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            pid = os.fork()
            if pid == 0:
                become_the_cli(json.loads(line), out, err)
            _, status = os.waitpid(pid, 0)
            answer = {"exit": os.waitstatus_to_exitcode(status)}
            for name, file in (("out", out), ("err", err)):
                file.seek(0)
                answer[name] = file.read().decode("utf-8")
        print(json.dumps(answer), flush=True)


main()
