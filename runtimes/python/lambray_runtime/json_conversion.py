"""Events from JSON and results to JSON, as AWS's runtime converts them.

It uses the C functions behind the module `json`, which by itself imports `re` and so costs a cold start 8 ms that many functions
never need. Where an interpreter has not got them in this form, and wherever something is wrong, `json` is asked.
"""
import os
import sys

try:
    from _json import encode_basestring, encode_basestring_ascii, make_encoder, make_scanner
except ImportError:
    make_encoder = make_scanner = None

# Since Python 3.12 AWS's runtime leaves characters beyond ASCII as they are.
_RUNTIMES_THAT_ESCAPE = {f"AWS_Lambda_python3.{minor}" for minor in range(12)}
_BLANKS = " \t\n\r"
_NOT_FINITE = {"-Infinity": float("-inf"), "Infinity": float("inf"), "NaN": float("nan")}


class _ScannerSettings:
    strict = True
    object_hook = object_pairs_hook = None
    parse_float, parse_int, parse_constant = float, int, _NOT_FINITE.__getitem__


def _new_scanner():
    try:
        return make_scanner(_ScannerSettings)
    except (TypeError, AttributeError):
        return None


_scan = _new_scanner()


def decode(text):
    """The value that a JSON text stands for."""
    if _scan is not None:
        try:
            value, end = _scan(text, 0)
        except (StopIteration, ValueError, SystemError):
            pass  # leading blanks, or no JSON at all; what kind of error that is depends on whether `json` was imported
        else:
            if not text[end:].strip(_BLANKS):
                return value
    import json

    return json.loads(text)


def encode_result(value):
    """A handler's result as bytes of JSON."""
    escape = os.environ.get("AWS_EXECUTION_ENV") in _RUNTIMES_THAT_ESCAPE
    return encode(value, escape).encode("utf-8")


def encode(value, escape=True):
    decimals = _Decimals()
    return decimals.put_into("".join(_chunks(value, decimals.stand_in_for, escape)))


def _chunks(value, default, escape):
    try:
        encoder = make_encoder(
            {}, default, encode_basestring_ascii if escape else encode_basestring, None, ": ", ", ", False, False, False)
    except TypeError:
        import json

        return json.JSONEncoder(default=default, ensure_ascii=escape, allow_nan=False).iterencode(value)
    return encoder(value, 0)


class _Decimals:
    """Numbers that an encoder cannot write with all their digits: a text with a mark stands in for each until the rest is written."""

    def __init__(self):
        self._mark = None

    def stand_in_for(self, value):
        """What an encoder is to write for a value that it does not know."""
        decimal = sys.modules.get("decimal")
        if decimal and isinstance(value, decimal.Decimal):
            if not value.is_finite():
                raise ValueError("Out of range float values are not JSON compliant")
            self._mark = self._mark or os.urandom(16).hex()
            return f"{self._mark}{value}{self._mark}"
        if isinstance(value, bytes):
            return value.decode("utf-8")
        raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")

    def put_into(self, text):
        if self._mark is None:
            return text
        return text.replace('"' + self._mark, "").replace(self._mark + '"', "")
