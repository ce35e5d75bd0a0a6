package io.portico.bench.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A backend of large bodies on blocking sockets, a thread a connection: takes whatever body comes
 * and answers {@code /bytes/N} with N bytes. Prints the port it took.
 */
public final class TransferBackend {
  private static final int PIECE = 256 * 1024;
  private static final String PATH = "/bytes/";

  private TransferBackend() {}

  public static void main(String[] arguments) throws IOException {
    try (ServerSocketChannel listener = RawBackend.listen()) {
      System.out.println("port " + listener.socket().getLocalPort());
      serve(listener);
    }
  }

  /** Serves until the listener is closed. */
  static void serve(ServerSocketChannel listener) throws IOException {
    while (true) {
      SocketChannel channel;
      try {
        channel = listener.accept();
      } catch (ClosedChannelException e) {
        return;
      }
      Thread.ofPlatform().daemon().start(() -> answer(channel));
    }
  }

  private static void answer(SocketChannel channel) {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    try (channel) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      while (answerOne(channel, piece)) {
        piece.clear();
      }
    } catch (IOException e) {
      System.err.println("a connection broke: " + e.getMessage());
    }
  }

  /** False where the peer closed the connection between two requests. */
  private static boolean answerOne(SocketChannel channel, ByteBuffer piece) throws IOException {
    HeadEnd request = new HeadEnd();
    do {
      piece.clear();
      if (channel.read(piece) < 0) {
        return false;
      }
      piece.flip();
    } while (!request.found(piece));
    long left = request.contentLength() - piece.remaining();
    while (left > 0) {
      piece.clear();
      int taken = channel.read(piece);
      if (taken < 0) {
        throw new IOException("the request broke off");
      }
      left -= taken;
    }
    send(channel, piece, bytesAsked(request.path()));
    return true;
  }

  private static long bytesAsked(String path) throws IOException {
    if (!path.startsWith(PATH)) {
      throw new IOException("no such path: " + path);
    }
    return Long.parseLong(path.substring(PATH.length()));
  }

  private static void send(SocketChannel channel, ByteBuffer piece, long bytes) throws IOException {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: "
            + bytes
            + "\r\n\r\n";
    piece.clear().put(head.getBytes(StandardCharsets.ISO_8859_1)).flip();
    long left = bytes;
    while (true) {
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
      if (left == 0) {
        return;
      }
      piece.clear().limit((int) Math.min(left, piece.capacity()));
      left -= piece.limit();
    }
  }
}
