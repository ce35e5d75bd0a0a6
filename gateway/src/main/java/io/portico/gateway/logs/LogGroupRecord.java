package io.portico.gateway.logs;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log group.
 *
 * @param created milliseconds since 1970
 * @param retentionInDays how long events are kept, or null for ever
 * @param kmsKeyId kept, and encrypts nothing
 * @param logGroupClass {@code STANDARD} or {@code INFREQUENT_ACCESS}, which are the same here
 * @param deletionProtection whether it cannot be deleted
 */
public record LogGroupRecord(
    String name,
    long created,
    @Nullable Integer retentionInDays,
    @Nullable String kmsKeyId,
    String logGroupClass,
    boolean deletionProtection,
    Map<String, String> tags) {

  /** The class of a group of which nothing else is said. */
  public static final String STANDARD = "STANDARD";

  /** A group as it comes to be when something logs to it. */
  public static LogGroupRecord logged(String name, long created) {
    return new LogGroupRecord(name, created, null, null, STANDARD, false, Map.of());
  }

  public LogGroupRecord withRetention(@Nullable Integer days) {
    return new LogGroupRecord(
        name, created, days, kmsKeyId, logGroupClass, deletionProtection, tags);
  }

  public LogGroupRecord withKmsKey(@Nullable String id) {
    return new LogGroupRecord(
        name, created, retentionInDays, id, logGroupClass, deletionProtection, tags);
  }

  public LogGroupRecord withDeletionProtection(boolean protection) {
    return new LogGroupRecord(
        name, created, retentionInDays, kmsKeyId, logGroupClass, protection, tags);
  }

  public LogGroupRecord withTags(Map<String, String> changed) {
    return new LogGroupRecord(
        name, created, retentionInDays, kmsKeyId, logGroupClass, deletionProtection, changed);
  }
}
