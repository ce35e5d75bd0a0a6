package io.portico.transport.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.transport.body.ContentSink;
import io.portico.transport.body.IncomingBody;
import io.portico.transport.body.MemoryContent;
import io.portico.transport.loop.Loop;
import io.portico.transport.wire.ChunkFraming;
import io.portico.transport.wire.HeadWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The sending side of a connection to a backend. */
final class RequestSender {
  /** A body up to this size goes out with its head in one piece. */
  private static final int ONE_PIECE = 16 * 1024;

  private final UpstreamConnection connection;
  private final String authority;

  /** What is left of a body in memory, while it goes out. */
  private @Nullable MemoryContent rest;

  /** The streamed body that goes out, while it does. */
  private @Nullable Upload upload;

  RequestSender(UpstreamConnection connection, Origin origin) {
    this.connection = connection;
    this.authority = origin.authority();
  }

  /** Whether the last request is not all sent yet. */
  boolean isSending() {
    return rest != null || upload != null;
  }

  /**
   * Sends a request.
   *
   * @throws IllegalArgumentException if the head cannot be written; nothing is sent then
   */
  void send(UpstreamRequest request) {
    Body body = request.body();
    if (body instanceof IncomingBody stream && stream.isTaken()) {
      throw new IllegalArgumentException("the request's body has been read already");
    }
    HeadWriter writer = connection.scratch().writer().request(request.method(), request.target());
    if (!request.headers().contains("Host")) {
      writer.host(authority);
    }
    writer.fields(request.headers());
    if (body.length() > 0 || (body.length() == 0 && expectsLength(request))) {
      writer.contentLength(body.length());
    } else if (body.length() < 0) {
      writer.chunked();
    }
    writer.end();
    ChannelHandlerContext context = connection.context();
    switch (body) {
      case Body.Empty _ -> connection.write(piece(context, writer, 0));
      case Body.Buffered(byte[] bytes) when bytes.length <= ONE_PIECE ->
          connection.write(piece(context, writer, bytes.length).writeBytes(bytes));
      case Body.Buffered(byte[] bytes) -> {
        connection.write(piece(context, writer, 0));
        rest = new MemoryContent(bytes);
        writeRest(context);
      }
      case IncomingBody stream -> {
        connection.write(piece(context, writer, 0));
        upload = new Upload(stream);
        stream.transferTo(upload);
      }
      case Body.Streamed foreign ->
          throw new IllegalStateException("not a stream of this transport: " + foreign.getClass());
      case Body.Produced _ -> throw new IllegalStateException("content of answers only");
    }
  }

  /** RFC 9110, 8.6: methods that expect content say so even when there is none. */
  static boolean expectsLength(UpstreamRequest request) {
    String method = request.method();
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  private static ByteBuf piece(ChannelHandlerContext context, HeadWriter writer, int body) {
    ByteBuf piece = context.alloc().directBuffer(writer.length() + body);
    writer.writeTo(piece);
    return piece;
  }

  private void writeRest(ChannelHandlerContext context) {
    MemoryContent content = rest;
    while (content != null && context.channel().isWritable()) {
      connection.write(content.next(context.alloc()));
      if (content.isDone()) {
        rest = null;
        return;
      }
    }
  }

  /** The backend can take more. */
  void writable() {
    if (rest != null) {
      writeRest(connection.context());
    } else if (upload != null) {
      upload.writable();
    }
  }

  /** The connection is gone. */
  void stop() {
    rest = null;
    Upload current = upload;
    upload = null;
    if (current != null) {
      current.source.abandon();
    }
  }

  /** Splices a client's body to the backend. */
  private final class Upload implements ContentSink {
    private final IncomingBody source;
    private final boolean chunked;
    private boolean first = true;
    private boolean paused;

    Upload(IncomingBody source) {
      this.source = source;
      this.chunked = source.length() < 0;
    }

    @Override
    public Loop loop() {
      return connection.loop();
    }

    private boolean isCurrent() {
      return upload == this;
    }

    @Override
    public void take(ByteBuf bytes) {
      int count = bytes.readableBytes();
      if (!isCurrent() || count == 0) {
        bytes.release();
        return;
      }
      if (chunked) {
        connection.write(ChunkFraming.before(connection.context().alloc(), count, first));
        first = false;
      }
      connection.write(bytes);
      if (!paused && !connection.context().channel().isWritable()) {
        paused = true;
        source.pause();
      }
    }

    void writable() {
      if (paused) {
        paused = false;
        source.resume();
      }
    }

    @Override
    public void end() {
      if (!isCurrent()) {
        return;
      }
      upload = null;
      if (chunked) {
        connection.write(ChunkFraming.last(connection.context().alloc(), first));
      }
    }

    @Override
    public void fail(IOException cause) {
      if (isCurrent()) {
        upload = null;
        connection.requestFailed(cause);
      }
    }
  }
}
