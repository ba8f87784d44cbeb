using System.Net;
using System.Net.Sockets;

// As the bare programs of all languages: asks for an event once.
using var connection = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
connection.Connect(IPEndPoint.Parse(args[0]));
connection.Send("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: runtime\r\n\r\n"u8);
connection.Receive(new byte[1]);
