# frozen_string_literal: true

require 'socket'

module LambrayRuntime
  # The other side closed the connection while bytes were awaited.
  class ConnectionClosed < StandardError
    def initialize(before_answer)
      super('The connection was closed while an answer was awaited')
      @before_answer = before_answer
    end

    def before_answer? = @before_answer
  end

  # One kept-alive HTTP/1.1 connection over a raw socket, as net/http costs more than the rest of a warm invocation. Several
  # requests may be sent together; their answers are read in the same order.
  class HttpConnection
    Answer = Struct.new(:status, :headers, :body)

    def initialize(host, port)
      @socket = TCPSocket.new(host, port)
      @socket.setsockopt(Socket::IPPROTO_TCP, Socket::TCP_NODELAY, 1)
      @answered = false
    end

    # Whether the server has answered here before, so that a close may be meant for the connection and not for the request.
    def reused? = @answered

    def send(requests)
      @socket.write(requests.join)
    rescue Errno::EPIPE, Errno::ECONNRESET
      # A server that refuses a large body may have answered before it hung up: reading tells.
    end

    def read_answer
      status_line = line(before_answer: true)
      headers = {}
      until (header = line).empty?
        name, value = header.split(':', 2)
        headers[name.downcase] = value.strip
      end
      answer = Answer.new(status_line.split(' ', 3)[1].to_i, headers, body(headers))
      @answered = true
      answer
    end

    def close = @socket.close

    private

    def body(headers)
      return exactly(headers.fetch('content-length', '0').to_i) unless headers['transfer-encoding']&.downcase == 'chunked'

      chunks = []
      until (size = line.to_i(16)).zero?
        chunks << exactly(size)
        line
      end
      nil until line.empty? # trailers
      chunks.join
    end

    def line(before_answer: false)
      read = @socket.gets("\r\n") or raise ConnectionClosed, before_answer
      raise ConnectionClosed, false unless read.end_with?("\r\n")

      read.chomp("\r\n")
    rescue Errno::ECONNRESET
      raise ConnectionClosed, before_answer
    end

    def exactly(count)
      bytes = count.zero? ? +'' : @socket.read(count)
      raise ConnectionClosed, false if bytes.nil? || bytes.bytesize < count

      bytes
    rescue Errno::ECONNRESET
      raise ConnectionClosed, false
    end
  end

  # Asks one server, over one connection at a time, and opens another when the server has closed it.
  class HttpClient
    def initialize(authority)
      @host, @port = authority.split(':')
    end

    # Sends all requests in one packet and yields their answers one by one, as they come.
    def exchange(*requests)
      until requests.empty?
        connection = (@connection ||= HttpConnection.new(@host, @port || 80))
        begin
          connection.send(requests)
          until requests.empty?
            answer = connection.read_answer
            requests.shift
            yield answer
          end
        rescue ConnectionClosed => e
          connection.close
          @connection = nil
          # Servers close connections that were idle for the length of an invocation, or on which they refused a large body.
          raise unless e.before_answer? && connection.reused?
        end
      end
    end
  end
end
