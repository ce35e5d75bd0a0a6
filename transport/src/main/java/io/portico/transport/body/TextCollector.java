package io.portico.transport.body;

import io.netty.buffer.ByteBuf;
import io.portico.gateway.http.Utf8;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Keeps content, in the buffers it came in, until it is known whether all of it is text in UTF-8.
 * Long text goes back to where it comes from, to be handed on uncopied; all else becomes bytes in
 * memory.
 */
final class TextCollector extends Collector {
  /** A piece this long is kept as it is; shorter ones would keep buffers from being used again. */
  private static final int LONG_PIECE = 16 * 1024;

  private static final int LEAST_JOINED = LONG_PIECE;
  private static final int MOST_JOINED = 4 * LONG_PIECE;

  /** To copy this much costs less than to hand it on in pieces. */
  private static final int SHORT = 64 * 1024;

  private final long limit;
  private final Utf8 text = new Utf8();
  private final Deque<ByteBuf> pieces = new ArrayDeque<>();

  /** The last of the pieces, while short ones can be added to it. */
  private @Nullable ByteBuf joined;

  private long length;

  /** All of it, where it did not go back. */
  private byte @Nullable [] bytes;

  /**
   * @param limit no more than an array can have
   */
  TextCollector(IncomingBody body, long limit) {
    super(body);
    this.limit = limit;
  }

  /** All of it, or null where it went back; asked after the wait. */
  byte @Nullable [] bytes() {
    return bytes;
  }

  @Override
  public void take(ByteBuf piece) {
    if (isDone()) {
      piece.release();
      return;
    }
    if (length + piece.readableBytes() > limit) {
      pieces.add(piece);
      body().takeBack(pieces);
      finish(null);
      return;
    }
    length += piece.readableBytes();
    text.goesOn(piece.nioBuffer());
    keep(piece);
  }

  private void keep(ByteBuf piece) {
    if (piece.readableBytes() >= LONG_PIECE) {
      joined = null;
      pieces.add(piece);
      return;
    }
    ByteBuf last = joined;
    if (last == null || last.writableBytes() < piece.readableBytes()) {
      last = piece.alloc().directBuffer(last == null ? LEAST_JOINED : MOST_JOINED);
      joined = last;
      pieces.add(last);
    }
    last.writeBytes(piece);
    piece.release();
  }

  @Override
  public void end() {
    if (isDone()) {
      return;
    }
    if (length > SHORT && text.isWhole()) {
      body().takeBack(pieces);
    } else {
      bytes = copied();
      drop();
    }
    finish(null);
  }

  private byte[] copied() {
    byte[] all = new byte[(int) length];
    int offset = 0;
    for (ByteBuf piece : pieces) {
      int count = piece.readableBytes();
      piece.readBytes(all, offset, count);
      offset += count;
    }
    return all;
  }

  @Override
  public void fail(IOException cause) {
    drop();
    finish(cause);
  }

  @Override
  void drop() {
    ByteBuf piece;
    while ((piece = pieces.poll()) != null) {
      piece.release();
    }
  }
}
