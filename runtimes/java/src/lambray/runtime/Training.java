package lambray.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Runs the runtime for a few events when it is built, so that the JVM can archive the classes that this loads: they are most of a cold
 * start. What it is not shown here still works, only slower at first.
 */
final class Training {
  private static final String EVENT = "{\"text\":\"x\",\"number\":1,\"list\":[\"y\"]}";
  private static final int EVENTS = 2;

  private Training() {}

  /** Expects the environment variables of a function whose task root has the class {@code Echo}. */
  public static void main(String[] arguments) throws Exception {
    for (String handler : new String[] {"Echo::bean", "Echo::fail"}) {
      Function function = new Function(System.getenv("LAMBDA_TASK_ROOT"));
      function.load(handler);
      function.run(new Event(new HttpAnswer(200, Map.of(), EVENT.getBytes(StandardCharsets.UTF_8))));
    }
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      new Thread(() -> serve(server)).start();
      Bootstrap.run(new RuntimeApi("127.0.0.1:" + server.getLocalPort()));
    } catch (IOException noMoreEvents) {
      System.out.println("Trained.");
    }
  }

  private static void serve(ServerSocket server) {
    try (Socket socket = server.accept()) {
      InputStream requests = socket.getInputStream();
      byte[] request = new byte[16 * 1024];
      for (int event = 0; event < EVENTS && requests.read(request) > 0; event++) {
        String accepted = event == 0 ? "" : "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
        String next = "HTTP/1.1 200 OK\r\nLambda-Runtime-Trace-Id: Root=1\r\nContent-Length: " + EVENT.length() + "\r\n\r\n" + EVENT;
        socket.getOutputStream().write((accepted + next).getBytes(StandardCharsets.UTF_8));
      }
      requests.read(request);
      server.close();
    } catch (IOException failed) {
      System.err.println(failed);
    }
  }
}
