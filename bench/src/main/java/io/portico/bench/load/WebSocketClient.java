package io.portico.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Opens WebSocket connections to a server, and makes the frames that clients send on them.
 *
 * @param path of the handshake
 */
record WebSocketClient(Scheme scheme, int port, String host, String path) {
  private static final String ACCEPTED = "HTTP/1.1 101 ";
  private static final int MOST_HEAD = 1024;
  private static final int MOST_SHORT = 125;

  /** In the clear. */
  WebSocketClient(int port, String host, String path) {
    this(Scheme.HTTP, port, host, path);
  }

  static WebSocketClient of(Target target) {
    String base = target.base();
    return new WebSocketClient(
        target.scheme(), target.port(), target.host(), base.isEmpty() ? "/" : base);
  }

  /**
   * A connection that blocks. What is said on it over TLS is nobody's to read any more: such a
   * connection stays open, and is good for nothing else.
   *
   * @param from an address of this machine
   */
  SocketChannel open(InetAddress from) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel
          .bind(new InetSocketAddress(from, 0))
          .setOption(StandardSocketOptions.TCP_NODELAY, true)
          .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      Socket socket = scheme == Scheme.HTTPS ? Tls.over(channel.socket(), host) : channel.socket();
      shakeHands(socket.getInputStream(), socket.getOutputStream());
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void shakeHands(InputStream in, OutputStream out) throws IOException {
    String handshake =
        """
        GET %s HTTP/1.1\r
        Host: %s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        \r
        """
            .formatted(path, host);
    out.write(handshake.getBytes(ISO_8859_1));
    out.flush();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0 && head.length() < MOST_HEAD) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    if (head.indexOf(ACCEPTED) != 0) {
      throw new IOException(
          "no WebSocket connection: " + head.toString().lines().findFirst().orElse(""));
    }
  }

  /** A text message of ASCII, its mask zero. */
  static byte[] text(String text) {
    int bytes = text.length();
    int head = bytes <= MOST_SHORT ? 2 : 4;
    ByteBuffer frame = ByteBuffer.allocate(head + 4 + bytes).put((byte) 0x81);
    if (bytes <= MOST_SHORT) {
      frame.put((byte) (0x80 | bytes));
    } else {
      frame.put((byte) (0x80 | MOST_SHORT + 1)).putShort((short) bytes);
    }
    frame.putInt(0).put(text.getBytes(ISO_8859_1));
    return frame.array();
  }

  /** How long a message of so many bytes is when a server sends it. */
  static int answerLength(int bytes) {
    return bytes + (bytes <= MOST_SHORT ? 2 : 4);
  }
}
