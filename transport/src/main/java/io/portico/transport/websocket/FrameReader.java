package io.portico.transport.websocket;

import static io.portico.transport.websocket.WebSocketViolation.protocolError;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.portico.gateway.http.Utf8;
import io.portico.gateway.http.websocket.WebSocketClose;
import io.portico.gateway.http.websocket.WebSocketLimits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's frames (RFC 6455, 5) and puts messages together. Refuses what breaks a rule as
 * soon as it stands there; keeps no buffer, only what has come of the message and the frame under
 * way.
 */
final class FrameReader {
  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int COMPRESSED = FrameWriter.COMPRESSED;
  private static final int MASKED = 0x80;
  private static final int SHORT_HEAD = 2;
  private static final int KEY = 4;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MOST_CONTROL = 125;
  private static final byte[] NOTHING = {};

  private final WebSocketLimits limits;

  /** Whether messages may be compressed. */
  private final boolean compression;

  /** How many bytes of the frame's head have come, and how many it has as far as is known. */
  private int headRead;

  private int headLength = SHORT_HEAD;
  private int opcode;
  private boolean last;
  private boolean compressed;

  /** The payload's length; from the head's end on, how much of it is still to come. */
  private long left;

  private int key;

  /** The message under way, between its first frame and its last. */
  private @Nullable ArrivingMessage message;

  /** The payload of a control frame under way, and how much of it has come. */
  private byte[] control = NOTHING;

  private int controlLength;

  FrameReader(WebSocketLimits limits, boolean compression) {
    this.limits = limits;
    this.compression = compression;
  }

  /**
   * Reads on, up to the next that is whole; null if nothing is, and all was read then but what
   * follows where no message may begin. Not to be called again after a close frame or a violation.
   *
   * @param messages whether a message may begin: if not, only control frames are read, up to the
   *     first that is none
   */
  @Nullable Incoming read(ByteBuf in, boolean messages) throws WebSocketViolation {
    Incoming whole = null;
    while (whole == null && (messages || mayGoOn(in)) && isHeadRead(in) && isPayloadRead(in)) {
      whole = frameEnds();
      headRead = 0;
      headLength = SHORT_HEAD;
    }
    return whole;
  }

  /** The message of which not all has come, or null. */
  @Nullable ArrivingMessage unfinished() {
    return message;
  }

  /** Whether what comes next begins no message. */
  private boolean mayGoOn(ByteBuf in) {
    return headRead > 0
        || message != null
        || !in.isReadable()
        || Opcode.isControl(in.getByte(in.readerIndex()) & 0x0f);
  }

  private boolean isHeadRead(ByteBuf in) throws WebSocketViolation {
    while (headRead < headLength) {
      if (!in.isReadable()) {
        return false;
      }
      int octet = in.readByte() & 0xff;
      switch (headRead++) {
        case 0 -> readKind(octet);
        case 1 -> readShortLength(octet);
        default -> readOn(octet);
      }
    }
    return true;
  }

  private void readKind(int octet) throws WebSocketViolation {
    opcode = octet & 0x0f;
    last = (octet & FIN) != 0;
    compressed = compression && (octet & RESERVED) == COMPRESSED;
    boolean begins = opcode == Opcode.TEXT || opcode == Opcode.BINARY;
    if ((octet & RESERVED) != 0 && !(compressed && begins)) {
      throw protocolError("a reserved bit");
    }
    switch (opcode) {
      case Opcode.CONTINUATION -> {
        if (message == null) {
          throw protocolError("a continuation of no message");
        }
      }
      case Opcode.TEXT, Opcode.BINARY -> {
        if (message != null) {
          throw protocolError("a message within a message");
        }
        if (opcode == Opcode.BINARY && !limits.binary()) {
          throw new WebSocketViolation(WebSocketClose.UNSUPPORTED_DATA, "a binary message");
        }
      }
      case Opcode.CLOSE, Opcode.PING, Opcode.PONG -> {
        if (!last) {
          throw protocolError("a control frame in fragments");
        }
      }
      default -> throw protocolError("a reserved opcode");
    }
  }

  private void readShortLength(int octet) throws WebSocketViolation {
    if ((octet & MASKED) == 0) {
      throw protocolError("a frame without a mask");
    }
    int length = octet & 0x7f;
    if (Opcode.isControl(opcode) && length > MOST_CONTROL) {
      throw protocolError("a control frame that is too long");
    }
    boolean extended = length >= LENGTH_16;
    int extension = length == LENGTH_64 ? Long.BYTES : extended ? Short.BYTES : 0;
    headLength = SHORT_HEAD + extension + KEY;
    left = extended ? 0 : length;
    key = 0;
    if (!extended) {
      lengthIsKnown();
    }
  }

  /** The longer forms of the length, then the mask's key. */
  private void readOn(int octet) throws WebSocketViolation {
    int keyStart = headLength - KEY;
    if (headRead > keyStart) {
      key = (key << Byte.SIZE) | octet;
      return;
    }
    left = (left << Byte.SIZE) | octet;
    if (headRead == keyStart) {
      boolean isShort = keyStart == SHORT_HEAD + Short.BYTES;
      if (left < 0 || left < (isShort ? LENGTH_16 : 0x1_0000)) {
        throw protocolError("a length in no minimal form");
      }
      lengthIsKnown();
    }
  }

  private void lengthIsKnown() throws WebSocketViolation {
    if (Opcode.isControl(opcode)) {
      control = left == 0 ? NOTHING : new byte[(int) left];
      controlLength = 0;
      return;
    }
    if (left > limits.frame()) {
      throw new WebSocketViolation(WebSocketClose.MESSAGE_TOO_BIG, "a frame that is too long");
    }
    if (message == null) {
      message = new ArrivingMessage(opcode == Opcode.TEXT, compressed);
    }
    if (message.length() + left > limits.message()) {
      throw new WebSocketViolation(WebSocketClose.MESSAGE_TOO_BIG, "a message that is too long");
    }
  }

  private boolean isPayloadRead(ByteBuf in) throws WebSocketViolation {
    int count = (int) Math.min(left, in.readableBytes());
    if (count > 0) {
      if (Opcode.isControl(opcode)) {
        in.readBytes(control, controlLength, count);
        key = Mask.remove(control, controlLength, count, key);
        controlLength += count;
      } else if (message != null) {
        int most = last ? message.length() + (int) left : limits.message();
        key = message.append(in, count, key, most);
      }
      left -= count;
    }
    return left == 0;
  }

  private @Nullable Incoming frameEnds() throws WebSocketViolation {
    if (Opcode.isControl(opcode)) {
      byte[] payload = control;
      control = NOTHING;
      return switch (opcode) {
        case Opcode.PING -> new Incoming.Ping(payload);
        case Opcode.PONG -> Incoming.Pong.HEARD;
        default -> new Incoming.Close(close(payload));
      };
    }
    ArrivingMessage whole = message;
    if (!last || whole == null) {
      return null;
    }
    message = null;
    return new Incoming.Message(whole.whole(limits.message()));
  }

  private static WebSocketClose close(byte[] payload) throws WebSocketViolation {
    if (payload.length == 0) {
      return WebSocketClose.of(WebSocketClose.NO_STATUS);
    }
    if (payload.length < Short.BYTES) {
      throw protocolError("half a close code");
    }
    int code = (payload[0] & 0xff) << Byte.SIZE | (payload[1] & 0xff);
    if (!WebSocketClose.isOnWire(code)) {
      throw protocolError("a close code that is never sent");
    }
    byte[] reason = Arrays.copyOfRange(payload, Short.BYTES, payload.length);
    if (!Utf8.isText(reason)) {
      throw new WebSocketViolation(
          WebSocketClose.INVALID_PAYLOAD, "a close reason that is not UTF-8");
    }
    return new WebSocketClose(code, new String(reason, UTF_8));
  }
}
