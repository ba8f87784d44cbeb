"""Where Python looks for the function's modules ("Working with layers for Python Lambda functions")."""
import os
import sys

# What the interpreter began with: beside its own library, the script's folder and PYTHONPATH.
script_folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_given = {script_folder, *os.environ.get("PYTHONPATH", "").split(":")}
_library = [folder for folder in sys.path if folder not in _given]
_python = f"python{sys.version_info.major}.{sys.version_info.minor}"


def set_up():
    sys.path[:] = [*function_folders(), script_folder, *_library, os.path.join(sys.prefix, "lib", _python, "site-packages")]
    _run_site_customization()


def function_folders():
    """The folders whose modules come before the interpreter's own."""
    layers = os.path.join(os.environ.get("LAMBRAY_LAYERS_DIR", "/opt"), "python")
    own = [folder for folder in os.environ.get("PYTHONPATH", "").split(":") if folder]
    return [os.environ["LAMBDA_TASK_ROOT"], os.path.join(layers, "lib", _python, "site-packages"), layers, *own]


def _run_site_customization():
    # Layers of observability vendors instrument functions by this module, which `site` would have run.
    for folder in function_folders():
        if os.path.exists(os.path.join(folder, "sitecustomize.py")):
            import sitecustomize  # noqa: F401

            return
