package io.portico.gateway.execute;

/**
 * Ids of segments that a recorded call has beside the one its trace id names: 16 hexadecimal digits
 * of the call's request id, which is a UUID of version 4, so that nothing is kept of them and
 * whoever tells of the call gives them the same.
 */
final class SegmentIds {
  private SegmentIds() {}

  /** Of the call itself. Not all zero: the version is among the digits. */
  static String ofCall(String requestId) {
    return requestId.substring(0, 8) + requestId.substring(9, 13) + requestId.substring(14, 18);
  }

  /** Of the call of its authorizer's function. Not all zero: the variant is among the digits. */
  static String ofAuthorizer(String requestId) {
    return requestId.substring(19, 23) + requestId.substring(24, 36);
  }
}
