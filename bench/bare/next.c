/* next ADDRESS:PORT: the least that a process can do to ask for an event. */
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char **arguments) {
  static const char next[] = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: runtime\r\n\r\n";
  char host[64] = "", answer[16];
  unsigned short port;
  if (count != 2 || sscanf(arguments[1], "%63[^:]:%hu", host, &port) != 2) return 2;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = inet_addr(host)};
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(connection, (struct sockaddr *)&address, sizeof address) != 0) return 1;
  if (write(connection, next, sizeof next - 1) < 0) return 1;
  return read(connection, answer, sizeof answer) < 0;
}
