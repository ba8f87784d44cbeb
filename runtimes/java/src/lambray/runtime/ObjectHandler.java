package lambray.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.OutputStream;
import java.lang.reflect.Type;

/** A handler that takes and returns objects, between which and JSON the runtime translates. */
final class ObjectHandler implements Handler {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final JsonForm input;
  private final JsonForm output;
  private final Call call;

  /** @param input null for a handler that does not look at its event */
  ObjectHandler(Type input, Type output, FunctionClassLoader loader, Call call) {
    this.input = input == null ? null : JsonForm.of(input, loader);
    this.output = output == void.class || output == Void.class ? null : JsonForm.of(output, loader);
    this.call = call;
  }

  @Override
  public void handle(byte[] event, OutputStream response, Context context) throws Throwable {
    write(call.with(read(event), context), response);
  }

  private Object read(byte[] event) {
    try {
      return input == null ? null : input.read(event);
    } catch (Exception | LinkageError unread) {
      throw new RuntimeException("An error occurred during JSON parsing", unread);
    }
  }

  private void write(Object result, OutputStream response) {
    try {
      if (output == null) response.write(NULL);
      else output.write(result, response);
    } catch (Exception | LinkageError unwritten) {
      throw new RuntimeException("An error occurred during JSON serialization of response", unwritten);
    }
  }

  interface Call {
    Object with(Object input, Context context) throws Throwable;
  }
}
