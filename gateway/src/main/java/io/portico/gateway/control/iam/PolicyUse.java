package io.portico.gateway.control.iam;

import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.model.iam.UserRecord;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which roles and users of an account have which managed policies. */
final class PolicyUse {
  private final List<Entity> entities;

  /**
   * A role or a user.
   *
   * @param noun {@code Role} or {@code User}
   * @param attached ARNs of managed policies
   */
  record Entity(
      String noun,
      String name,
      String id,
      String path,
      List<String> attached,
      @Nullable String boundary) {

    private static Entity of(RoleRecord role) {
      return new Entity(
          "Role",
          role.name(),
          role.id(),
          role.path(),
          role.policies().attached(),
          role.settings().permissionsBoundary());
    }

    private static Entity of(UserRecord user) {
      return new Entity(
          "User",
          user.name(),
          user.id(),
          user.path(),
          user.policies().attached(),
          user.permissionsBoundary());
    }

    boolean has(String arn) {
      return attached.contains(arn);
    }

    boolean isBoundedBy(String arn) {
      return arn.equals(boundary);
    }
  }

  private PolicyUse(List<Entity> entities) {
    this.entities = entities;
  }

  static PolicyUse of(RecordReader records, String account) {
    return new PolicyUse(
        Stream.concat(
                records.list(IamRecords.ROLE, account).stream().map(Entity::of),
                records.list(IamRecords.USER, account).stream().map(Entity::of))
            .toList());
  }

  Stream<Entity> entities() {
    return entities.stream();
  }

  int attachments(String arn) {
    return (int) entities().filter(entity -> entity.has(arn)).count();
  }

  int boundaries(String arn) {
    return (int) entities().filter(entity -> entity.isBoundedBy(arn)).count();
  }

  boolean isUsed(String arn) {
    return attachments(arn) > 0 || boundaries(arn) > 0;
  }

  /** The ARNs of AWS's own policies that some role or user has attached. */
  Set<String> ofAws() {
    Set<String> arns = new TreeSet<>();
    for (Entity entity : entities) {
      entity.attached().stream().filter(arn -> PolicyArn.of(arn).isOfAws()).forEach(arns::add);
    }
    return arns;
  }
}
