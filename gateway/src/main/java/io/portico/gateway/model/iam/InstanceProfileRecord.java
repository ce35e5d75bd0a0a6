package io.portico.gateway.model.iam;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance profile.
 *
 * @param name unique in its account, whatever its casing
 * @param id {@code AIPA} and 17 characters
 * @param roleName of the role that it holds, or null
 * @param tags in the order in which they were added
 */
public record InstanceProfileRecord(
    String name,
    String id,
    String path,
    Instant createDate,
    @Nullable String roleName,
    Map<String, String> tags) {

  /** The same with another role, or none. */
  public InstanceProfileRecord holding(@Nullable String role) {
    return new InstanceProfileRecord(name, id, path, createDate, role, tags);
  }

  /** The same with other tags. */
  public InstanceProfileRecord tagged(Map<String, String> newTags) {
    return new InstanceProfileRecord(name, id, path, createDate, roleName, newTags);
  }
}
