package io.portico.gateway.model.iam;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A managed policy, of the account's own or of AWS's.
 *
 * @param name unique in its account, whatever its casing
 * @param id {@code ANPA} and 17 characters; empty where it is not known, of AWS's own
 * @param path such as {@code /} or {@code /service/}
 * @param versions what it says; its default version applies
 * @param tags in the order in which they were added
 */
public record ManagedPolicyRecord(
    String name,
    String id,
    String path,
    @Nullable String description,
    Instant createDate,
    Instant updateDate,
    Versions versions,
    Map<String, String> tags) {

  /**
   * @param last the number that was given last; numbers are never given again
   * @param defaultVersionId such as {@code v1}
   * @param all oldest first
   */
  public record Versions(int last, String defaultVersionId, List<PolicyVersionRecord> all) {
    /** The version of an id such as {@code v1}. */
    public Optional<PolicyVersionRecord> find(String versionId) {
      return all.stream().filter(version -> version.versionId().equals(versionId)).findFirst();
    }
  }

  /** The same with other versions. */
  public ManagedPolicyRecord with(Versions newVersions, Instant now) {
    return new ManagedPolicyRecord(name, id, path, description, createDate, now, newVersions, tags);
  }

  /** The same with other tags. */
  public ManagedPolicyRecord tagged(Map<String, String> newTags) {
    return new ManagedPolicyRecord(
        name, id, path, description, createDate, updateDate, versions, newTags);
  }
}
