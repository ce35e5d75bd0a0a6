package io.portico.transport.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** As much of ASN.1's distinguished encoding (X.690) as a certificate is made of. */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0x20;

  /** RFC 5280, 4.1.2.5: from this year on the longer form. */
  private static final int GENERALIZED_FROM = 2050;

  static final byte[] TRUE = {0x01, 0x01, (byte) 0xff};

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return value(SET, parts);
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] text(String text) {
    return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] octets(byte[] content) {
    return value(OCTET_STRING, content);
  }

  /**
   * @param unused bits at the end of the last octet
   */
  static byte[] bits(int unused, byte... content) {
    return value(BIT_STRING, new byte[] {(byte) unused}, content);
  }

  /** A value that its context tells the type of. */
  static byte[] implicit(int number, byte[] content) {
    return value(CONTEXT | number, content);
  }

  /** A value in an envelope of its context. */
  static byte[] explicit(int number, byte[] content) {
    return value(CONTEXT | CONSTRUCTED | number, content);
  }

  /**
   * @param dotted such as {@code 2.5.29.17}
   */
  static byte[] identifier(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(40 * Integer.parseInt(arcs[0]) + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      int arc = Integer.parseInt(arcs[i]);
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arc >>> shift != 0) {
          content.write(((arc >>> shift) & 0x7f) | 0x80);
        }
      }
      content.write(arc & 0x7f);
    }
    return value(OBJECT_IDENTIFIER, content.toByteArray());
  }

  static byte[] time(Instant time) {
    boolean isLong = time.atOffset(ZoneOffset.UTC).getYear() >= GENERALIZED_FROM;
    String text =
        DateTimeFormatter.ofPattern(isLong ? "uuuuMMddHHmmss'Z'" : "yyMMddHHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(time);
    return value(isLong ? GENERALIZED_TIME : UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The first part of a sequence.
   *
   * @throws IllegalArgumentException if there is none
   */
  static byte[] first(byte[] sequence) {
    int start = contentStart(sequence, 0);
    int content = contentStart(sequence, start);
    int end = content + contentLength(sequence, start);
    if (sequence[0] != SEQUENCE || end > sequence.length) {
      throw new IllegalArgumentException("not a sequence of something");
    }
    return Arrays.copyOfRange(sequence, start, end);
  }

  /** Where the content of the value at {@code at} begins. */
  private static int contentStart(byte[] encoded, int at) {
    int length = encoded[at + 1];
    return at + 2 + (length < 0 ? length & 0x7f : 0);
  }

  private static int contentLength(byte[] encoded, int at) {
    int length = encoded[at + 1];
    return length >= 0 ? length : new BigInteger(1, encoded, at + 2, length & 0x7f).intValueExact();
  }

  private static byte[] value(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      byte[] octets = BigInteger.valueOf(length).toByteArray();
      int from = octets[0] == 0 ? 1 : 0;
      out.write(0x80 | (octets.length - from));
      out.write(octets, from, octets.length - from);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
