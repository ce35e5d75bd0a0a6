package io.portico.gateway.control.sts;

import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.Requester;
import io.portico.gateway.control.iam.RolePermissions;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Roles as which a service of AWS acts for a moment, such as API Gateway for an integration. */
public final class ServiceRoles {
  private ServiceRoles() {}

  /** What a role is and may, by its policies as they are now; nothing where nobody has made it. */
  public static Optional<IamIdentity> find(RecordReader records, String roleArn) {
    AssumedRole assumed = AssumedRole.of(roleArn);
    return assumed == null
        ? Optional.empty()
        : assumed.find(records).map(role -> identity(records, assumed.account(), role));
  }

  private static IamIdentity identity(RecordReader records, String account, RoleRecord role) {
    String arn = RolePermissions.arn(account, role);
    String boundary = role.settings().permissionsBoundary();
    List<List<Policy>> limits =
        boundary == null
            ? List.of()
            : List.of(List.of(RolePermissions.managed(records, account, boundary)));
    return new IamIdentity(
        new Requester.Signed(account, false, Set.of(arn)),
        arn,
        RolePermissions.of(records, account, role),
        limits);
  }
}
