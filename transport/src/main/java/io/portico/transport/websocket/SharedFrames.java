package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.portico.gateway.http.websocket.SharedMessage;
import io.portico.gateway.http.websocket.WebSocketMessage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a message that many clients are sent, written once for all that take them in the
 * same form. Each connection has a reference of its own to their bytes, which nobody changes, and
 * lets go of it when the kernel has them.
 */
final class SharedFrames implements SharedMessage.Prepared {
  private final int opcode;
  private final byte[] payload;
  private final Map<Form, ByteBuf> written = new HashMap<>();
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
   * The frames for a connection, which releases them once.
   *
   * @param compression whether they may be compressed
   * @param most bytes of the payload of one
   */
  ByteBuf frames(ByteBufAllocator alloc, boolean compression, int most) {
    byte[] shorter = compression ? deflated() : null;
    Form form = new Form(shorter != null, most);
    ByteBuf frames = written.get(form);
    if (frames == null) {
      frames =
          shorter == null
              ? FrameWriter.message(alloc, opcode, payload, most)
              : FrameWriter.message(alloc, opcode | FrameWriter.COMPRESSED, shorter, most);
      written.put(form, frames);
    }
    return frames.retainedDuplicate();
  }

  private byte @Nullable [] deflated() {
    if (!tried) {
      deflated = Compression.deflatedOnce(payload);
      tried = true;
    }
    return deflated;
  }

  @Override
  public void release() {
    written.values().forEach(ByteBuf::release);
    written.clear();
  }
}
