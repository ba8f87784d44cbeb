package lambray.runtime;

import java.io.IOException;

/**
 * The Java runtime of Lambray. It meets the platform only by environment variables, standard output and the Runtime API.
 *
 * <ol>
 *   <li>prepare the process
 *   <li>init phase: load the function's handler
 *   <li>invoke phase: take an event, run the handler, answer; for ever
 * </ol>
 */
public final class Bootstrap {
  private Bootstrap() {}

  public static void main(String[] arguments) throws IOException {
    run(new RuntimeApi(System.getenv("AWS_LAMBDA_RUNTIME_API")));
  }

  static void run(RuntimeApi api) throws IOException {
    // 1.
    StandardOutput.useUtf8();
    Function function = new Function(System.getenv("LAMBDA_TASK_ROOT"));
    SdkV1Endpoint.follow(System.getenv("AWS_ENDPOINT_URL"), System.getenv("AWS_REGION"));

    // 2. What cannot be loaded at all ends the process; a handler that is merely not there fails each invocation, as in AWS.
    try {
      function.load(System.getenv("_HANDLER"));
    } catch (FunctionFault fault) {
      FunctionLog.ofEnvironment().logError(fault.logText());
      api.reportInitError(fault);
      System.exit(1);
    }

    // 3. The answer and the request for the next event travel in one packet, which saves a round trip per invocation.
    Event event = api.next();
    while (true) {
      Outcome outcome = function.run(event);
      if (outcome.isLast()) {
        api.answer(event, outcome);
        System.exit(1);
      }
      event = api.answerAndNext(event, outcome);
    }
  }
}
