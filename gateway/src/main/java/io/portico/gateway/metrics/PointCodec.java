package io.portico.gateway.metrics;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Points as bytes: how many bytes follow, they, and a check of them. Whole numbers take as many
 * bytes as they need, others nine.
 */
final class PointCodec {
  private static final int UNSPREAD = 0;
  private static final int TWO_VALUES = 1;
  private static final int BUCKETS = 2;

  /** Beyond, not every whole number is a double. */
  private static final double MOST_WHOLE = 1L << 53;

  /** Of a point, beside its length and its check. */
  static final int MOST_BYTES = 1 << 20;

  private PointCodec() {}

  static byte[] bytes(MetricPoint point) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(48);
    whole(out, point.period());
    whole(out, MetricUnit.number(point.unit()));
    whole(out, point.start() / point.period());
    Distribution values = point.values();
    Map<Integer, Double> buckets = values.buckets();
    out.write(!values.spreadKnown() ? UNSPREAD : buckets == null ? TWO_VALUES : BUCKETS);
    number(out, values.count());
    number(out, values.sum());
    number(out, values.minimum());
    number(out, values.maximum());
    if (values.spreadKnown() && buckets != null) {
      whole(out, buckets.size());
      int last = 0;
      for (Map.Entry<Integer, Double> bucket : buckets.entrySet()) {
        whole(out, zigzag(bucket.getKey() - last));
        number(out, bucket.getValue());
        last = bucket.getKey();
      }
    }
    byte[] content = out.toByteArray();
    ByteArrayOutputStream framed = new ByteArrayOutputStream(content.length + 8);
    whole(framed, content.length);
    framed.writeBytes(content);
    framed.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(check(content)).array());
    return framed.toByteArray();
  }

  /**
   * The next point.
   *
   * @param in stands behind it afterwards, or where it was
   * @return null where there is no whole one
   */
  static @Nullable MetricPoint read(ByteBuffer in) {
    int at = in.position();
    MetricPoint point = in.hasRemaining() ? readWhole(in) : null;
    if (point == null) {
      in.position(at);
    }
    return point;
  }

  /**
   * Whether the bytes end within the next point, by the length that it has.
   *
   * @param in has at least one byte, and stays where it is
   */
  static boolean endsWithin(ByteBuffer in) {
    ByteBuffer rest = in.duplicate();
    long length = whole(rest);
    boolean withinLength = !rest.hasRemaining() && rest.get(rest.position() - 1) < 0;
    return withinLength
        || (length > 0 && length <= MOST_BYTES && rest.remaining() < length + Integer.BYTES);
  }

  private static @Nullable MetricPoint readWhole(ByteBuffer in) {
    long length = whole(in);
    if (length <= 0 || length > MOST_BYTES || in.remaining() < length + Integer.BYTES) {
      return null;
    }
    byte[] content = new byte[(int) length];
    in.get(content);
    return in.getInt() == check(content) ? point(ByteBuffer.wrap(content)) : null;
  }

  private static @Nullable MetricPoint point(ByteBuffer in) {
    int period = (int) whole(in);
    int unit = (int) whole(in);
    long start = whole(in) * period;
    int kind = in.hasRemaining() ? in.get() : -1;
    if (!Retention.isPeriod(period) || !MetricUnit.isNumber(unit) || kind < 0) {
      return null;
    }
    double[] statistics = {number(in), number(in), number(in), number(in)};
    TreeMap<Integer, Double> buckets = null;
    if (kind == BUCKETS) {
      buckets = new TreeMap<>();
      int bucket = 0;
      for (long left = whole(in); left > 0 && in.hasRemaining(); left--) {
        bucket += (int) unzigzag(whole(in));
        buckets.put(bucket, number(in));
      }
    }
    return new MetricPoint(
        period,
        start,
        MetricUnit.of(unit),
        Distribution.ofStored(statistics, kind != UNSPREAD, buckets));
  }

  private static int check(byte[] content) {
    CRC32 check = new CRC32();
    check.update(content);
    return (int) check.getValue();
  }

  /** Numbers are marked by the lowest bit: whole ones, or those that take eight bytes more. */
  private static void number(ByteArrayOutputStream out, double number) {
    if (number == Math.rint(number) && Math.abs(number) < MOST_WHOLE) {
      whole(out, zigzag((long) number) << 1);
      return;
    }
    out.write(1);
    out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(number).array());
  }

  private static double number(ByteBuffer in) {
    long marked = whole(in);
    if ((marked & 1) == 0) {
      return unzigzag(marked >>> 1);
    }
    return in.remaining() < Double.BYTES ? Double.NaN : in.getDouble();
  }

  private static long zigzag(long number) {
    return number << 1 ^ number >> 63;
  }

  private static long unzigzag(long number) {
    return number >>> 1 ^ -(number & 1);
  }

  private static void whole(ByteArrayOutputStream out, long number) {
    long left = number;
    while ((left & ~0x7FL) != 0) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  /** Where the bytes end within it, what there is. */
  private static long whole(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; shift < 64 && in.hasRemaining(); shift += 7) {
      byte next = in.get();
      number |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        break;
      }
    }
    return number;
  }
}
