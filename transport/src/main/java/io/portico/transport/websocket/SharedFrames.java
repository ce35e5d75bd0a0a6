package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.portico.gateway.http.websocket.SharedMessage;
import io.portico.gateway.http.websocket.WebSocketMessage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames of a message that many clients are sent, written once for all that take them in the
 * same form. Each connection has a reference of its own to their bytes, which nobody changes, and
 * lets go of it when the kernel has them.
 */
final class SharedFrames implements SharedMessage.Prepared {
  private static final Logger LOG = LoggerFactory.getLogger(SharedFrames.class);

  private final int opcode;
  private final byte[] payload;

  /** Null for a form for which there was no memory. */
  private final Map<Form, @Nullable ByteBuf> written = new HashMap<>();

  private byte @Nullable [] deflated;
  private boolean tried;

  SharedFrames(WebSocketMessage message) {
    switch (message) {
      case WebSocketMessage.Text(String text) -> {
        opcode = Opcode.TEXT;
        payload = text.getBytes(UTF_8);
      }
      case WebSocketMessage.Binary(byte[] bytes) -> {
        opcode = Opcode.BINARY;
        payload = bytes;
      }
    }
  }

  /**
   * A form of the message.
   *
   * @param most bytes of the payload of a frame
   */
  private record Form(boolean compressed, int most) {}

  /** How many bytes the message has. */
  int length() {
    return payload.length;
  }

  /**
   * The frames for a connection, which releases them once; null where there is no memory for them,
   * which is asked for once.
   *
   * @param compression whether they may be compressed
   * @param most bytes of the payload of one
   */
  @Nullable ByteBuf frames(ByteBufAllocator alloc, boolean compression, int most) {
    byte[] shorter = compression ? deflated() : null;
    Form form = new Form(shorter != null, most);
    if (!written.containsKey(form)) {
      written.put(form, made(alloc, shorter, most));
    }
    ByteBuf frames = written.get(form);
    return frames == null ? null : frames.retainedDuplicate();
  }

  private @Nullable ByteBuf made(ByteBufAllocator alloc, byte @Nullable [] shorter, int most) {
    try {
      return shorter == null
          ? FrameWriter.message(alloc, opcode, payload, most)
          : FrameWriter.message(alloc, opcode | FrameWriter.COMPRESSED, shorter, most);
    } catch (OutOfMemoryError e) {
      LOG.warn("there is no memory for a message of {} bytes to many", payload.length, e);
      return null;
    }
  }

  private byte @Nullable [] deflated() {
    if (!tried) {
      tried = true;
      deflated = Compression.deflatedOnce(payload);
    }
    return deflated;
  }

  @Override
  public void release() {
    for (ByteBuf frames : written.values()) {
      if (frames != null) {
        frames.release();
      }
    }
    written.clear();
  }
}
