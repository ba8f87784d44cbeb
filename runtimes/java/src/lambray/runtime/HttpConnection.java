package lambray.runtime;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One kept-alive HTTP/1.1 connection on which several requests may be under way, answered in order. Java's own clients never have two
 * requests on a connection, and the newer one takes longer to load than all the rest of a cold start.
 */
final class HttpConnection implements Closeable {
  private final Socket socket = new Socket();
  private final InputStream input;
  private int answers;

  HttpConnection(String host, int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getByName(host), port));
    input = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
  }

  /** Whether the server has answered here before, so that a close may be meant for the connection and not for the request. */
  boolean isReused() {
    return answers > 0;
  }

  void send(byte[] requests, int length) throws IOException {
    socket.getOutputStream().write(requests, 0, length);
  }

  /** @throws EOFException if the server closed the connection instead of answering */
  HttpAnswer receive() throws IOException {
    String statusLine = line();
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    HttpAnswer answer = new HttpAnswer(Integer.parseInt(statusLine.split(" ", 3)[1]), headers, body(headers));
    answers++;
    return answer;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) return exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      chunks.write(exactly(size));
      line();
    }
    while (!line().isEmpty()) {} // trailers, up to the empty line
    return chunks.toByteArray();
  }

  private int chunkSize() throws IOException {
    String line = line();
    int extension = line.indexOf(';');
    return Integer.parseInt((extension < 0 ? line : line.substring(0, extension)).trim(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = input.readNBytes(length);
    if (bytes.length < length) throw new EOFException("The connection ended in the middle of an answer");
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) throw new EOFException("The connection was closed");
      if (next != '\r') line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
