package io.portico.gateway.execute;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The ids of new traces: each call that says nothing of its trace gets one, so it is written in one
 * go.
 */
final class NewTrace {
  private static final byte[] FORM =
      "Root=1-tttttttt-rrrrrrrrrrrrrrrrrrrrrrrr;Parent=pppppppppppppppp;Sampled=0"
          .getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
  private static final int DIGIT_BITS = 4;
  private static final int DIGIT = 0xf;

  private static final int TIME = 7;
  private static final int ROOT = 16;
  private static final int PARENT = 48;
  private static final int OF_A_LONG = 16;
  private static final int OF_AN_INT = 8;

  private NewTrace() {}

  /**
   * An id of 8 digits of time, 24 and 16 at random.
   *
   * @param now in seconds
   */
  static String id(Instant now, RandomGenerator random, boolean sampled) {
    byte[] id = FORM.clone();
    write(id, TIME, OF_AN_INT, now.getEpochSecond());
    write(id, ROOT, OF_A_LONG, random.nextLong());
    write(id, ROOT + OF_A_LONG, OF_AN_INT, random.nextInt());
    write(id, PARENT, OF_A_LONG, random.nextLong());
    if (sampled) {
      id[id.length - 1] = '1';
    }
    return new String(id, StandardCharsets.ISO_8859_1);
  }

  /** So many hexadecimal digits of a number, the lowest last. */
  private static void write(byte[] id, int at, int digits, long number) {
    long left = number;
    for (int digit = at + digits - 1; digit >= at; digit--) {
      id[digit] = DIGITS[(int) left & DIGIT];
      left >>>= DIGIT_BITS;
    }
  }
}
