"""From a handler's name to its function."""
import sys

from lambray_runtime.runtime_errors import BuiltInModuleConflict, HandlerNotFound, ImportModuleError, MalformedHandlerName, UserCodeSyntaxError


def load_handler(handler_name):
    """Loads what a name such as `app.handler`, `src/app.handler` or `src.app.handler` stands for."""
    try:
        module_name, function_name = handler_name.rsplit(".", 1)
    except ValueError as error:
        raise MalformedHandlerName(f"Bad handler '{handler_name}': {error}") from error
    module = _load_module(module_name)
    try:
        return getattr(module, function_name)
    except AttributeError as error:
        raise HandlerNotFound(f"Handler '{function_name}' missing on module '{module_name}'") from error


def _load_module(module_name):
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise BuiltInModuleConflict(f"Cannot use built-in module {module_name} as a handler module")
    dotted_name = module_name.replace("/", ".")
    try:
        # Unlike importlib.import_module it leaves no frames of the import system in the traces of errors.
        __import__(dotted_name)
        return sys.modules[dotted_name]
    except ImportError as error:
        raise ImportModuleError(f"Unable to import module '{module_name}': {error}") from error
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        raise UserCodeSyntaxError(f"Syntax error in module '{module_name}': {error}", trace) from error
