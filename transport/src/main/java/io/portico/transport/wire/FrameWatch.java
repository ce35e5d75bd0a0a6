package io.portico.transport.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Watches the frames of an HTTP/2 peer pass by, before the codec sees them: counts those that cost
 * us something and carry nothing, and knows whether a header block or a frame is under way.
 */
public final class FrameWatch {
  private static final int PREFACE = 24;
  private static final int HEADER = 9;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int CONTINUATION = 9;

  private static final int END_STREAM = 0x1;
  private static final int END_HEADERS = 0x4;
  private static final int PADDED = 0x8;

  /** A padded frame up to this length may be padding and nothing else. */
  private static final int MOST_PADDING = 256;

  /** Servers in Go update both windows for every 4 KB, the most eager known. */
  private static final int BYTES_AN_UPDATE = 2048;

  private final FrameBudget idle;
  private final FrameBudget resets;

  private final byte[] header = new byte[HEADER];
  private int headerBytes;

  /** What is left of a payload, or of the preface. */
  private long left;

  private boolean data;
  private boolean headersOpen;
  private long begun;

  private FrameWatch(Http2Limits limits, long now, int preface) {
    idle = new FrameBudget(limits.idleFrames(), now);
    resets = new FrameBudget(limits.resets(), now);
    left = preface;
  }

  /** What a client sends: first its preface. */
  static FrameWatch ofClient(Http2Limits limits, long now) {
    return new FrameWatch(limits, now, PREFACE);
  }

  /** What a server sends. */
  static FrameWatch ofServer(Http2Limits limits, long now) {
    return new FrameWatch(limits, now, 0);
  }

  /**
   * Looks at bytes and leaves them as they are.
   *
   * @return what the peer does too much of, or null
   */
  public @Nullable String see(ByteBuf in, long now) {
    int at = in.readerIndex();
    int end = in.writerIndex();
    while (at < end) {
      if (left > 0) {
        int skipped = (int) Math.min(left, end - at);
        left -= skipped;
        at += skipped;
      } else {
        header[headerBytes++] = in.getByte(at++);
        if (headerBytes == HEADER) {
          headerBytes = 0;
          String fault = frame(now);
          if (fault != null) {
            return fault;
          }
        }
      }
    }
    return null;
  }

  private @Nullable String frame(long now) {
    int length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
    int type = header[3];
    int flags = header[4];
    left = length;
    begun++;
    data = type == DATA;
    switch (type) {
      case DATA -> {
        boolean empty = length == 0 || ((flags & PADDED) != 0 && length <= MOST_PADDING);
        if (empty && (flags & END_STREAM) == 0 && !idle.take(now)) {
          return "empty DATA frames";
        }
      }
      case HEADERS -> {
        headersOpen = (flags & END_HEADERS) == 0;
        idle.give(1);
      }
      case RST_STREAM -> {
        if (!resets.take(now)) {
          return "RST_STREAM frames";
        }
      }
      default -> {
        headersOpen &= type != CONTINUATION || (flags & END_HEADERS) == 0;
        if (!idle.take(now)) {
          return "frames of type " + type;
        }
      }
    }
    return null;
  }

  /** A stream was reset because of what the peer sent. */
  public boolean mayBeReset(long now) {
    return resets.take(now);
  }

  /** We have sent a request, whose stream the server may reset. */
  public void sentRequest() {
    resets.give(1);
  }

  /**
   * We have sent a DATA frame, which the peer may answer with updates of two windows; some peers do
   * so for every few kilobytes that they take of it.
   */
  public void sentData(int bytes) {
    idle.give(2 + bytes / BYTES_AN_UPDATE);
  }

  /** Whether part of a header block, or of a frame that is no DATA, has arrived. */
  public boolean isWaiting() {
    return headersOpen || headerBytes > 0 || (left > 0 && !data);
  }

  /** How many frames have begun. */
  public long frames() {
    return begun;
  }
}
