package io.portico.gateway.metrics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Goes through the points of a file, a piece of it at a time. */
final class PointReader {
  /** Some thousand points. */
  private static final int PIECE = 64 * 1024;

  /** What a crash leaves of a point is shorter, most often by far. */
  private static final int MOST_CUT_OFF = 4 * 1024;

  private PointReader() {}

  /** Takes points in their order. */
  interface Reader {
    /**
     * @param end the offset at which the point ends
     */
    void read(MetricPoint point, long end);
  }

  /**
   * How far one comes.
   *
   * @param end of the last whole point
   * @param damaged whether what is behind is more than the beginning of another point
   */
  record Reached(long end, boolean damaged) {}

  /**
   * Goes on to the first point that is not whole.
   *
   * @param from where a point begins
   * @param to excluded
   */
  static Reached read(FileChannel file, long from, long to, Reader reader) throws IOException {
    long start = from;
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(PIECE, to - from));
    while (true) {
      fill(file, start, to, bytes);
      MetricPoint point = PointCodec.read(bytes);
      while (point != null) {
        reader.read(point, start + bytes.position());
        point = PointCodec.read(bytes);
      }
      long end = start + bytes.position();
      boolean whole = !bytes.hasRemaining();
      boolean cutOff = !whole && PointCodec.endsWithin(bytes);
      boolean last = start + bytes.limit() >= to || bytes.limit() < bytes.capacity();
      if (last || (!whole && !cutOff)) {
        return new Reached(end, !whole && (!cutOff || to - end > MOST_CUT_OFF));
      }
      if (bytes.position() == 0) {
        // A point is longer than the piece.
        bytes = ByteBuffer.allocate(2 * bytes.capacity());
      }
      start = end;
    }
  }

  /** Reads what is there from an offset, as far as there is room. */
  private static void fill(FileChannel file, long start, long to, ByteBuffer bytes)
      throws IOException {
    bytes.clear();
    bytes.limit((int) Math.min(bytes.capacity(), to - start));
    int count = 0;
    while (count >= 0 && bytes.hasRemaining()) {
      count = file.read(bytes, start + bytes.position());
    }
    bytes.flip();
  }
}
