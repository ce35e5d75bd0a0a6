package io.portico.gateway.model.iam;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access key of a user or of an account's root. One that is deleted is kept without its secret:
 * what is signed with it is nobody's for ever.
 *
 * @param accessKeyId {@code AKIA} and 16 characters
 * @param ownerId the user's id, or the account's number
 * @param userName null of the root's
 * @param secretAccessKey empty of one that is deleted
 * @param lastUse null before the first
 */
public record AccessKeyRecord(
    String accessKeyId,
    String accountId,
    String ownerId,
    @Nullable String userName,
    String secretAccessKey,
    Status status,
    Instant createDate,
    @Nullable Use lastUse) {

  /** Whether a key is good for anything. */
  public enum Status {
    ACTIVE,
    INACTIVE,
    DELETED
  }

  /**
   * A use of a key.
   *
   * @param service its signing name
   */
  public record Use(Instant date, String service, String region) {}

  public boolean isActive() {
    return status == Status.ACTIVE;
  }

  /** The same with another status. */
  public AccessKeyRecord with(Status newStatus) {
    return new AccessKeyRecord(
        accessKeyId,
        accountId,
        ownerId,
        userName,
        newStatus == Status.DELETED ? "" : secretAccessKey,
        newStatus,
        createDate,
        lastUse);
  }

  /** The same of a user who is called otherwise. */
  public AccessKeyRecord named(String newUserName) {
    return new AccessKeyRecord(
        accessKeyId, accountId, ownerId, newUserName, secretAccessKey, status, createDate, lastUse);
  }

  /** The same, used once more. */
  public AccessKeyRecord used(Use use) {
    return new AccessKeyRecord(
        accessKeyId, accountId, ownerId, userName, secretAccessKey, status, createDate, use);
  }

  @Override
  public String toString() {
    return "AccessKeyRecord[" + accessKeyId + ", " + status + "]";
  }
}
