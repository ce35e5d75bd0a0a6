package io.portico.gateway.control.iam;

import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which roles of an account have which managed policies. */
final class PolicyUse {
  private final List<RoleRecord> roles;

  private PolicyUse(List<RoleRecord> roles) {
    this.roles = roles;
  }

  static PolicyUse of(RecordReader records, String account) {
    return new PolicyUse(records.list(IamRecords.ROLE, account));
  }

  /** The roles that have a policy attached. */
  List<RoleRecord> attachedTo(String arn) {
    return roles.stream().filter(role -> role.policies().attached().contains(arn)).toList();
  }

  /** The roles that a policy bounds. */
  List<RoleRecord> bounding(String arn) {
    return roles.stream()
        .filter(role -> arn.equals(role.settings().permissionsBoundary()))
        .toList();
  }

  /** The roles that have a policy attached or are bounded by it. */
  List<RoleRecord> having(String arn) {
    return roles.stream()
        .filter(
            role ->
                role.policies().attached().contains(arn)
                    || arn.equals(role.settings().permissionsBoundary()))
        .toList();
  }

  int attachments(String arn) {
    return attachedTo(arn).size();
  }

  int boundaries(String arn) {
    return bounding(arn).size();
  }

  boolean isUsed(String arn) {
    return attachments(arn) > 0 || boundaries(arn) > 0;
  }

  /** The ARNs of AWS's own policies that some role has attached. */
  Set<String> ofAws() {
    Set<String> arns = new TreeSet<>();
    for (RoleRecord role : roles) {
      role.policies().attached().stream()
          .filter(arn -> PolicyArn.of(arn).isOfAws())
          .forEach(arns::add);
    }
    return arns;
  }
}
