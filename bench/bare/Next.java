import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

class Next {
  public static void main(String[] arguments) throws IOException {
    String[] address = arguments[0].split(":");
    try (Socket connection = new Socket(address[0], Integer.parseInt(address[1]))) {
      connection.getOutputStream().write("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: runtime\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      connection.getInputStream().read();
    }
  }
}
