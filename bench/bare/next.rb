# frozen_string_literal: true

require 'socket'

host, port = ARGV[0].split(':')
connection = TCPSocket.new(host, port.to_i)
connection.write("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: runtime\r\n\r\n")
connection.read(1)
