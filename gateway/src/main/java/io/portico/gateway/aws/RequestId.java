package io.portico.gateway.aws;

import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of requests in the forms AWS gives them. They name a request; they are no secret. */
public final class RequestId {
  private RequestId() {}

  /** What {@code x-amzn-RequestId} says: a version 4 UUID. */
  public static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(0b11L << 62)) | (0b10L << 62);
    return new UUID(high, low).toString();
  }

  /**
   * What {@code x-amz-apigw-id} says, {@code $context.extendedRequestId}: sixteen characters, the
   * last one {@code =}; source: recorded, facts RSP-01.
   */
  public static String extended() {
    return base64(11);
  }

  /**
   * What {@code X-Amz-Cf-Id} says: 56 characters, the last two {@code ==}; source: documented, the
   * event in
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html.
   */
  public static String cloudFront() {
    return base64(40);
  }

  private static String base64(int count) {
    byte[] bytes = new byte[count];
    ThreadLocalRandom.current().nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
