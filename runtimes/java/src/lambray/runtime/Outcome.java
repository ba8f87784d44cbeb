package lambray.runtime;

/** How one run of the handler ended. */
final class Outcome {
  private final byte[] response;
  private final ErrorReport error;
  private final boolean isLast;

  private Outcome(byte[] response, ErrorReport error, boolean isLast) {
    this.response = response;
    this.error = error;
    this.isLast = isLast;
  }

  static Outcome succeeded(byte[] response) {
    return new Outcome(response, null, false);
  }

  /** @param isLast whether the process is in no state to go on */
  static Outcome failed(ErrorReport error, boolean isLast) {
    return new Outcome(null, error, isLast);
  }

  byte[] response() {
    return response;
  }

  /** Null when the handler succeeded. */
  ErrorReport error() {
    return error;
  }

  boolean isLast() {
    return isLast;
  }
}
