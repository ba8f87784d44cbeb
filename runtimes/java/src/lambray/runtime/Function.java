package lambray.runtime;

import com.amazonaws.services.lambda.runtime.LambdaRuntimeInternal;
import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.lang.reflect.Method;

/** The function: its classes, its handler, and each run of it. */
final class Function {
  // Where the X-Ray SDK and the AWS SDKs look for the trace they take part in; the environment of a JVM never changes.
  private static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";

  private final FunctionClassLoader loader;
  private Handler handler;

  Function(String taskRoot) {
    loader = new FunctionClassLoader(taskRoot);
    Thread.currentThread().setContextClassLoader(loader);
  }

  /** @throws FunctionFault if the init phase has failed */
  void load(String handlerName) {
    try {
      handler = find(handlerName);
    } catch (FunctionFault fault) {
      if (fault.isFatal) throw fault;
      handler = Handler.failing(fault);
    }
  }

  Outcome run(Event event) {
    if (event.traceHeader() == null) System.clearProperty(TRACE_HEADER);
    else System.setProperty(TRACE_HEADER, event.traceHeader());
    FunctionLog.ofEnvironment().begin(event);
    try {
      ByteArrayOutputStream response = new ByteArrayOutputStream(1024);
      FunctionContext context = new FunctionContext(event);
      if (LambdaRuntimeInternal.getUseLog4jAppender()) tellLog4j(event.requestId());
      handler.handle(event.body, response, context);
      return Outcome.succeeded(response.toByteArray());
    } catch (Throwable error) {
      FunctionLog.ofEnvironment().logError(error instanceof FunctionFault ? ((FunctionFault) error).logText() : FunctionFault.logText(error));
      return Outcome.failed(ErrorReport.of(error), error instanceof VirtualMachineError || error instanceof IOError);
    } finally {
      // What the function left behind must not meet the next event.
      Thread.interrupted();
    }
  }

  private Handler find(String handlerName) {
    HandlerName name = new HandlerName(handlerName);
    Class<?> type = load(name);
    try {
      return name.methodName == null ? HandlerClasses.of(type, loader) : HandlerMethods.of(type, name.methodName, loader);
    } catch (LinkageError | TypeNotPresentException unusable) {
      throw FunctionFault.of(ErrorReport.messageOf(unusable), unusable);
    }
  }

  private Class<?> load(HandlerName name) {
    try {
      return Class.forName(name.className, true, loader);
    } catch (ClassNotFoundException missing) {
      throw FunctionFault.of("Class not found: " + name.className, missing);
    } catch (NoClassDefFoundError missing) {
      throw FunctionFault.of(loadingFailed(name, missing), missing);
    } catch (Throwable failed) {
      throw FunctionFault.fatal(loadingFailed(name, failed), failed);
    }
  }

  private static String loadingFailed(HandlerName name, Throwable error) {
    return "Error loading class " + name.className + (error.getMessage() == null ? "" : ": " + error.getMessage());
  }

  // Log4j is the function's, in version 1 or 2.
  private void tellLog4j(String requestId) {
    if (!tellLog4j("org.apache.logging.log4j.ThreadContext", String.class, requestId) && !tellLog4j("org.apache.log4j.MDC", Object.class, requestId))
      System.err.println("The Log4j appender is in use, but neither version of Log4j takes the request id.");
  }

  private boolean tellLog4j(String context, Class<?> valueType, String requestId) {
    try {
      Method put = loader.loadClass(context).getMethod("put", String.class, valueType);
      put.invoke(null, "AWSRequestId", requestId);
      return true;
    } catch (ReflectiveOperationException another) {
      return false;
    }
  }
}
