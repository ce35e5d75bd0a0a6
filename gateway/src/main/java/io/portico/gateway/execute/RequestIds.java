package io.portico.gateway.execute;

import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the ids of requests. They are names, not secrets: nothing may rest on their secrecy. */
public final class RequestIds {
  /** AWS: sixteen characters, the last one {@code =}; source: recorded, facts RSP-01. */
  private static final int EXTENDED_BYTES = 11;

  private RequestIds() {}

  /** {@code x-amzn-RequestId}: a random UUID. */
  public static String requestId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  /** {@code x-amz-apigw-id}. */
  public static String extendedRequestId() {
    byte[] bytes = new byte[EXTENDED_BYTES];
    ThreadLocalRandom.current().nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
