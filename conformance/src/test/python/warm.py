"""The AWS CLI, loaded for many calls, each of which runs its own main() with a session of its own.

What calls share is what the CLI reads of itself: its modules, and the models of services.
"""

import logging
import sys
import traceback

import awscli.clidriver

SERVICES = ["apigateway", "apigatewayv2", "lambda", "iam", "sts", "logs", "acm", "cloudwatch"]


def load():
    """Imports what the CLI imports with its first call of a service, and keeps what it reads."""
    session = awscli.clidriver.create_clidriver().session
    models = session.get_component("data_loader")
    sys.modules[type(session).__module__].create_loader = lambda *places: models
    for service in SERVICES:
        session.create_client(service, region_name="us-east-1")


def call(arguments):
    """Runs the CLI with what sys has for input, output and errors, and gives its exit status."""
    sys.argv = ["aws", *arguments]
    try:
        status = awscli.clidriver.main()
    except SystemExit as end:
        status = end.code or 0
    except BaseException:
        traceback.print_exc()
        status = 1
    finally:
        # Each session adds one, for the errors of its call.
        logging.getLogger("awscli").handlers.clear()
        sys.stdout.flush()
        sys.stderr.flush()
    return status if isinstance(status, int) else 1
