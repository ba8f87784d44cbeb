"""The errors that a Lambda runtime itself reports, with AWS's names."""


class RuntimeFault(Exception):
    """Something that the runtime, and not the function's own code, found wrong."""

    def __init__(self, message, trace=()):
        super().__init__(message)
        self.trace = list(trace)

    @classmethod
    def error_type(cls):
        return f"Runtime.{cls.__name__}"


class MalformedHandlerName(RuntimeFault):
    """`_HANDLER` does not name a module and a function."""


class BuiltInModuleConflict(RuntimeFault):
    """The handler's module has the name of one that is part of the interpreter."""


class ImportModuleError(RuntimeFault):
    """The handler's module, or one that it imports, cannot be found."""


class UserCodeSyntaxError(RuntimeFault):
    """The function's code cannot be parsed."""


class HandlerNotFound(RuntimeFault):
    """The module has nothing under the handler's name."""


class UnmarshalError(RuntimeFault):
    """The event is no JSON."""


class LambdaContextUnmarshalError(RuntimeFault):
    """What the caller sent for the context is no JSON."""


class MarshalError(RuntimeFault):
    """What the handler returned has no JSON form."""
