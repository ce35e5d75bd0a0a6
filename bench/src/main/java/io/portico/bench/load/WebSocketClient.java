package io.portico.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Opens WebSocket connections, and makes the frames that clients send on them. */
final class WebSocketClient {
  private static final byte[] HANDSHAKE =
      """
      GET / HTTP/1.1\r
      Host: localhost\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      \r
      """
          .getBytes(ISO_8859_1);

  private static final String ACCEPTED = "HTTP/1.1 101 ";
  private static final int MOST_HEAD = 1024;
  private static final int MOST_SHORT = 125;

  private WebSocketClient() {}

  /** A connection that blocks, from an address of this machine. */
  static SocketChannel open(InetSocketAddress from, InetSocketAddress to) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.bind(from).setOption(StandardSocketOptions.TCP_NODELAY, true).connect(to);
    channel.write(ByteBuffer.wrap(HANDSHAKE));
    ByteBuffer head = ByteBuffer.allocate(MOST_HEAD);
    String text = "";
    while (!text.endsWith("\r\n\r\n") && head.hasRemaining() && channel.read(head) >= 0) {
      text = new String(head.array(), 0, head.position(), ISO_8859_1);
    }
    if (!text.startsWith(ACCEPTED)) {
      channel.close();
      throw new IOException("no WebSocket connection: " + text.lines().findFirst().orElse(""));
    }
    return channel;
  }

  /** A text message, its mask zero. */
  static byte[] text(int bytes) {
    int head = bytes <= MOST_SHORT ? 2 : 4;
    ByteBuffer frame = ByteBuffer.allocate(head + 4 + bytes).put((byte) 0x81);
    if (bytes <= MOST_SHORT) {
      frame.put((byte) (0x80 | bytes));
    } else {
      frame.put((byte) (0x80 | MOST_SHORT + 1)).putShort((short) bytes);
    }
    frame.putInt(0).put("x".repeat(bytes).getBytes(ISO_8859_1));
    return frame.array();
  }

  /** How long the same is when a server sends it back. */
  static int echoLength(int bytes) {
    return bytes + (bytes <= MOST_SHORT ? 2 : 4);
  }
}
