"""What is to happen when the function imports certain modules, and not before: most functions import but few of them."""
import sys

# boto3 and what it needs, as in AWS's runtime; nothing else of the machine's own packages is the function's business.
_BROUGHT = {"boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six", "urllib3"}
# What Debian's botocore needs beyond that. Functions that miss it in AWS shall miss it here.
_BROUGHT_FOR_BOTOCORE = {"requests", "certifi", "chardet", "charset_normalizer", "idna"}
_DEBIAN_PACKAGES = "/usr/lib/python3/dist-packages"


def set_up():
    after_import = {"logging": _set_up_logging, "botocore.session": _set_up_botocore}
    for name in sys.modules.keys() & after_import:
        after_import.pop(name)()
    sys.meta_path.insert(0, _AfterImport(after_import))
    sys.meta_path.append(_BroughtPackages)
    _give_builtins_of_site()


class _AfterImport:
    """Runs an action once, when a module has been imported."""

    def __init__(self, actions):
        self._actions = actions

    def find_spec(self, name, path=None, target=None):
        action = self._actions.pop(name, None)
        if action is None:
            return None
        finders = (finder for finder in sys.meta_path if finder is not self)
        spec = next(filter(None, (finder.find_spec(name, path, target) for finder in finders)), None)
        if spec is not None and spec.loader is not None:
            _extend(spec.loader, action)
        return spec


def _extend(loader, action):
    load = loader.exec_module

    def load_and_act(module):
        load(module)
        action()

    loader.exec_module = load_and_act


class _BroughtPackages:
    """Finds the packages that the runtime brings when the function's own folders have none."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name not in _BROUGHT and not (name in _BROUGHT_FOR_BOTOCORE and "botocore" in sys.modules):
            return None
        from importlib.machinery import PathFinder

        return PathFinder.find_spec(name, [_DEBIAN_PACKAGES], target)


def _set_up_logging():
    from lambray_runtime import log_records

    log_records.set_up()


def _set_up_botocore():
    from lambray_runtime import botocore_endpoint

    botocore_endpoint.set_up()


def _give_builtins_of_site():
    # `exit` and `quit`, which functions use although only `site` gives them.
    import builtins

    builtins.exit = builtins.quit = sys.exit
