"""Finds the function's handler: _HANDLER is module.function, where the module may be a path.

See https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
"""

import importlib
import sys

from _portico_errors import Fault


def load_handler(name):
    """Imports the handler's module and returns the function.

    Raises Fault with one of AWS's init error types, or whatever the module's own code raises.
    """
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{name}': {error}") from error
    module = _import(module_name)
    try:
        return getattr(module, function_name)
    except AttributeError as error:
        raise Fault(
            "Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'"
        ) from error


def _import(name):
    path = name.replace("/", ".")
    if path.split(".")[0] in sys.builtin_module_names:
        # AWS: it has a type of its own for this; source: inferred
        raise Fault(
            "Runtime.BuiltInModuleConflict", f"Cannot use built-in module {name} as a handler module"
        )
    try:
        return importlib.import_module(path)
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", f"Unable to import module '{name}': {error}") from error
    except SyntaxError as error:
        # AWS: the place is one frame of its own shape; source: error documents in public issues, for one in
        # github.com/aws-samples/aws-secrets-manager-rotation-lambdas/issues/69
        source = (error.text or "").rstrip("\n")
        raise Fault(
            "Runtime.UserCodeSyntaxError",
            f"Syntax error in module '{name}': {error}",
            [f'  File "{error.filename}" Line {error.lineno}\n    {source}\n'],
        ) from error
