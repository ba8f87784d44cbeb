package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Handlers of every form that AWS documents. */
public class Handlers {
  private int runs;

  public static final class Order {
    private String customer;
    private List<Item> items;
    private Integer discount;

    public String getCustomer() { return customer; }
    public void setCustomer(String customer) { this.customer = customer; }
    public List<Item> getItems() { return items; }
    public void setItems(List<Item> items) { this.items = items; }
    public Integer getDiscount() { return discount; }
    public void setDiscount(Integer discount) { this.discount = discount; }
  }

  public static final class Item {
    public String name;
    public long count;
  }

  public static class OnMaps implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    @Override public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
      event.put("size", event.size());
      return event;
    }
  }

  public static class OnStreams implements RequestStreamHandler {
    @Override public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
      output.write('"');
      for (int next = input.read(); next >= 0; next = input.read()) if (next != '"') output.write(Character.toUpperCase(next));
      output.write('"');
    }
  }

  public abstract static class OnLists<T, R> implements RequestHandler<List<T>, R> {
    abstract R of(T first);

    @Override public R handleRequest(List<T> event, Context context) { return of(event.get(0)); }
  }

  public static class OnListsOfItems extends OnLists<Item, String> {
    @Override String of(Item first) { return first.name; }
  }


  public Order order(Order order, Context context) {
    for (Item item : order.items) item.count *= 2;
    return order;
  }

  public String text(String text) { return "<" + text + "> ü"; }
  public int number(int number) { return number + 1; }
  public static double total(List<Double> numbers) { return numbers.stream().mapToDouble(Double::doubleValue).sum(); }
  public void nothing(Order order) { System.out.println("customer " + order.customer); }
  public String nobody(Context context) { return context.getFunctionName(); }
  public int count() { return ++runs; }
  public void copy(InputStream input, OutputStream output, Context context) throws IOException { input.transferTo(output); }
  public boolean overloaded(String text) { return false; }
  public boolean overloaded(String text, Context context) { return true; }

  public Map<String, Object> surroundings(Map<String, String> names, Context context) throws IOException {
    Map<String, Object> seen = new TreeMap<>();
    seen.put("request", context.getAwsRequestId());
    seen.put("arn", context.getInvokedFunctionArn());
    seen.put("memory", context.getMemoryLimitInMB());
    seen.put("stream", context.getLogStreamName());
    seen.put("inTime", context.getRemainingTimeInMillis() > 0);
    seen.put("tenant", context.getTenantId());
    seen.put("client", context.getClientContext() == null ? "none" : context.getClientContext().getCustom().get("who"));
    seen.put("traceHeader", System.getProperty("com.amazonaws.xray.traceHeader"));
    seen.put("traceVariable", System.getenv("_X_AMZN_TRACE_ID"));
    seen.put("variable", System.getenv(names.get("variable")));
    seen.put("directory", System.getProperty("user.dir"));
    seen.put("jackson", isVisible("com.fasterxml.jackson.databind.ObjectMapper"));
    seen.put("archive", Files.readString(Path.of("/proc/self/maps")).contains("/classes-"));
    context.getLogger().log("from the context\n");
    context.getLogger().log("with a level", LogLevel.WARN);
    LambdaRuntime.getLogger().log("from anywhere");
    System.err.println("to standard error");
    return seen;
  }

  private static boolean isVisible(String name) {
    try {
      return Class.forName(name) != null;
    } catch (ClassNotFoundException hidden) {
      return false;
    }
  }

  public String fail(String message) {
    throw new IllegalArgumentException(message, new IOException("deeper"));
  }

  public void recurse() { recurse(); }
  public void exit(int code) { System.exit(code); }
  public void sleep(Object any) throws InterruptedException { Thread.sleep(60_000); }

  public void hoard() {
    List<byte[]> kept = new ArrayList<>();
    while (true) kept.add(new byte[1 << 20]);
  }

  public static class BrokenConstructor implements RequestHandler<String, String> {
    public BrokenConstructor() { throw new IllegalStateException("not today"); }
    @Override public String handleRequest(String event, Context context) { return event; }
  }

  public static class BrokenClass {
    static { if (true) throw new IllegalStateException("never"); }
    public String handle(String event) { return event; }
  }

  public static class Untyped<T> implements RequestHandler<T, String> {
    @Override public String handleRequest(T event, Context context) { return null; }
  }

  public class Inner {
    public String handle(String event) { return event; }
  }
}
