namespace Lambray.Tests.Server.Runtimes;

static class NativeRuntime
{
    /// <summary>A runtime in C that echoes events, on one connection and with one packet for an answer and the next request.</summary>
    public const string Source = """
        #define _GNU_SOURCE
        #include <arpa/inet.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <strings.h>
        #include <unistd.h>

        static char buffer[65536];
        static size_t length;

        /* Reads one whole response to the front of the buffer and returns its size. */
        static size_t receive(int connection) {
          for (;;) {
            buffer[length] = 0;
            char *head_end = strstr(buffer, "\r\n\r\n");
            char *stated = strcasestr(buffer, "\r\nContent-Length: ");
            char *chunked = strcasestr(buffer, "\r\n0\r\n\r\n");
            if (head_end && stated && stated < head_end) {
              size_t size = (size_t)(head_end + 4 - buffer) + strtoul(stated + 18, 0, 10);
              if (length >= size) return size;
            } else if (head_end && chunked) {
              return (size_t)(chunked + 7 - buffer);
            }
            ssize_t count = read(connection, buffer + length, sizeof buffer - 1 - length);
            if (count <= 0) exit(0);
            length += (size_t)count;
          }
        }

        static void drop(size_t size) {
          memmove(buffer, buffer + size, length - size);
          length -= size;
        }

        int main(void) {
          char host[64], request[65536], id[64];
          snprintf(host, sizeof host, "%s", getenv("AWS_LAMBDA_RUNTIME_API"));
          char *colon = strchr(host, ':');
          *colon = 0;
          struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(colon + 1)), .sin_addr.s_addr = inet_addr(host)};
          int connection = socket(AF_INET, SOCK_STREAM, 0);
          if (connect(connection, (struct sockaddr *)&address, sizeof address) != 0) return 1;
          static const char next[] = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: runtime\r\n\r\n";
          if (write(connection, next, sizeof next - 1) < 0) return 1;
          for (;;) {
            size_t size = receive(connection);
            char *body = strstr(buffer, "\r\n\r\n") + 4;
            sscanf(strcasestr(buffer, "Lambda-Runtime-Aws-Request-Id: ") + 31, "%63[^\r]", id);
            int written = snprintf(request, sizeof request, "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\nHost: runtime\r\nContent-Length: %zu\r\n\r\n%.*s%s",
                                   id, (size_t)(buffer + size - body), (int)(buffer + size - body), body, next);
            drop(size);
            if (write(connection, request, (size_t)written) != written) return 1;
            drop(receive(connection));
          }
        }
        """;
}
