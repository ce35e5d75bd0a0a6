package io.portico.gateway.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An API key. {@code value} is the secret; {@code stageKeys} are {@code api/stage}, which open
 * nothing since usage plans do.
 */
public record ApiKeyRecord(
    String id,
    String value,
    @Nullable String name,
    @Nullable String customerId,
    @Nullable String description,
    boolean enabled,
    Instant createdDate,
    Instant lastUpdatedDate,
    List<String> stageKeys,
    @Nullable Map<String, String> tags) {

  /** This key with other tags. */
  public ApiKeyRecord withTags(@Nullable Map<String, String> newTags) {
    return new ApiKeyRecord(
        id,
        value,
        name,
        customerId,
        description,
        enabled,
        createdDate,
        lastUpdatedDate,
        stageKeys,
        newTags);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ApiKeyRecord[" + id + "]";
  }
}
