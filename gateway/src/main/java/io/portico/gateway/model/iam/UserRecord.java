package io.portico.gateway.model.iam;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param name unique in its account, whatever its casing
 * @param id {@code AIDA} and 17 characters; stays when the user is renamed
 * @param path such as {@code /} or {@code /team/}
 * @param permissionsBoundary the ARN of a managed policy, or null
 * @param tags in the order in which they were added
 */
public record UserRecord(
    String name,
    String id,
    String path,
    Instant createDate,
    @Nullable String permissionsBoundary,
    IdentityPolicies policies,
    Map<String, String> tags) {

  /** The same under another name or path. */
  public UserRecord named(String newName, String newPath) {
    return new UserRecord(newName, id, newPath, createDate, permissionsBoundary, policies, tags);
  }

  /** The same within another boundary, or none. */
  public UserRecord bounded(@Nullable String policyArn) {
    return new UserRecord(name, id, path, createDate, policyArn, policies, tags);
  }

  /** The same with other policies. */
  public UserRecord with(IdentityPolicies newPolicies) {
    return new UserRecord(name, id, path, createDate, permissionsBoundary, newPolicies, tags);
  }

  /** The same with other tags. */
  public UserRecord tagged(Map<String, String> newTags) {
    return new UserRecord(name, id, path, createDate, permissionsBoundary, policies, newTags);
  }
}
