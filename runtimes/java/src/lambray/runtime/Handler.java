package lambray.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.OutputStream;

/** A function's handler, whatever its form. */
interface Handler {
  void handle(byte[] event, OutputStream response, Context context) throws Throwable;

  /** One that fails each invocation. */
  static Handler failing(FunctionFault fault) {
    return (event, response, context) -> {
      throw fault;
    };
  }
}
