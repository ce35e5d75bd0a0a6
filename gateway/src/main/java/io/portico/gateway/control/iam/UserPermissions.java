package io.portico.gateway.control.iam;

import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.PermissionLimit;
import io.portico.gateway.aws.policy.Requester;
import io.portico.gateway.model.iam.UserRecord;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import java.util.Set;

/** What users and roots may do. */
public final class UserPermissions {
  private UserPermissions() {}

  /** An owner of access keys with the policies he has now. */
  public static IamIdentity of(RecordReader records, KeyOwner owner) {
    UserRecord user = owner.user();
    if (user == null) {
      return IamIdentity.root(owner.account());
    }
    String boundary = user.permissionsBoundary();
    return new IamIdentity(
        new Requester.Signed(owner.account(), false, Set.of(owner.arn())),
        owner.arn(),
        RolePermissions.of(records, owner.account(), user.policies()),
        boundary == null
            ? List.of()
            : List.of(
                PermissionLimit.boundary(
                    RolePermissions.managed(records, owner.account(), boundary))));
  }
}
