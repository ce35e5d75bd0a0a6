package io.portico.gateway.model.iam;

import java.time.Instant;
import java.util.Map;

/**
 * A role.
 *
 * @param name unique in its account, whatever its casing
 * @param id {@code AROA} and 17 characters
 * @param path such as {@code /} or {@code /service/}
 * @param tags in the order in which they were added
 */
public record RoleRecord(
    String name,
    String id,
    String path,
    Instant createDate,
    RoleSettings settings,
    IdentityPolicies policies,
    Map<String, String> tags) {

  /** The same with other settings. */
  public RoleRecord with(RoleSettings newSettings) {
    return new RoleRecord(name, id, path, createDate, newSettings, policies, tags);
  }

  /** The same with other policies. */
  public RoleRecord with(IdentityPolicies newPolicies) {
    return new RoleRecord(name, id, path, createDate, settings, newPolicies, tags);
  }

  /** The same with other tags. */
  public RoleRecord tagged(Map<String, String> newTags) {
    return new RoleRecord(name, id, path, createDate, settings, policies, newTags);
  }
}
