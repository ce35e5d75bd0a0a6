package io.portico.gateway.model.iam;

import java.time.Instant;

/**
 * A version of a managed policy.
 *
 * @param number of {@code v1} and so on
 * @param document as it was sent
 */
public record PolicyVersionRecord(int number, String document, Instant createDate) {

  /** Such as {@code v1}. */
  public String versionId() {
    return "v" + number;
  }
}
