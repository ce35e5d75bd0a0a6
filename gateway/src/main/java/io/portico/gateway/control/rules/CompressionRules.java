package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.ServiceException;

/** From how many bytes on an API compresses what it answers. */
public final class CompressionRules {
  // AWS: 10 MB; source: documented, RestApi.minimumCompressionSize.
  private static final int LARGEST = 10_485_760;

  /** The refusal of a size that is none. */
  public static final String INVALID =
      "Invalid minimum compression size, must be between 0 and " + LARGEST;

  private CompressionRules() {}

  public static void checkSize(int size) {
    if (size < 0 || size > LARGEST) {
      throw ServiceException.badRequest(INVALID);
    }
  }
}
