package io.portico.gateway.snapshot;

import java.util.List;

/**
 * An API key that opens something: enabled, and in a usage plan.
 *
 * @param id what logs may show
 * @param value the secret
 * @param usagePlans the plans' ids
 */
public record ApiKeySnapshot(String id, String value, List<String> usagePlans) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "ApiKeySnapshot[" + id + "]";
  }
}
