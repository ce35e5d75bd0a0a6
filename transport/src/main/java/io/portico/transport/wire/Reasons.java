package io.portico.transport.wire;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reason phrases of status lines, encoded once. */
final class Reasons {
  private static final byte[] NONE = {};
  private static final byte[][] BY_STATUS = new byte[1000][];

  static {
    for (int status = 0; status < BY_STATUS.length; status++) {
      BY_STATUS[status] = encoded(known(status));
    }
  }

  private Reasons() {}

  static byte[] of(int status) {
    return BY_STATUS[status];
  }

  private static @Nullable String known(int status) {
    HttpResponseStatus known = HttpResponseStatus.valueOf(status);
    // For statuses nobody registered Netty makes up a phrase such as "Unknown Status (299)".
    return known.reasonPhrase().indexOf('(') >= 0 ? null : known.reasonPhrase();
  }

  private static byte[] encoded(@Nullable String reason) {
    return reason == null ? NONE : reason.getBytes(StandardCharsets.US_ASCII);
  }
}
