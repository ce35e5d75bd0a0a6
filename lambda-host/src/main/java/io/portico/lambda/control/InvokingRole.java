package io.portico.lambda.control;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.RequestContext;
import io.portico.gateway.control.sts.ServiceRoles;
import io.portico.lambda.snapshot.FunctionId;
import io.portico.lambda.snapshot.ResourcePolicy;
import java.util.Optional;

/**
 * A role as which API Gateway invokes a function: the {@code credentials} of an integration. AWS:
 * its own policies let it, or the function's; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html. That somebody has
 * made the role is not demanded unless configured: one that nobody has made may what its account
 * may.
 */
final class InvokingRole {
  private static final String API_GATEWAY = "apigateway.amazonaws.com";

  private InvokingRole() {}

  static boolean mayInvoke(
      LambdaEnvironment environment,
      String roleArn,
      FunctionReference reference,
      ResourcePolicy policy) {
    environment.carrier().computingForLong();
    Optional<IamIdentity> role =
        environment.records().read(records -> ServiceRoles.find(records, roleArn, API_GATEWAY));
    if (role.isEmpty() && environment.requiresRoles()) {
      return false;
    }
    if (role.isEmpty()) {
      String account = SourceArn.account(roleArn);
      return account.equals(reference.id().accountId())
          || policy.allowsAccount(reference.arn(), account);
    }
    return policy.allowsInvoke(
        role.get(),
        reference.arn(),
        reference.id().accountId(),
        context(role.get(), reference.id()));
  }

  private static RequestContext context(IamIdentity role, FunctionId function) {
    return RequestContext.ofRequest()
        .put("aws:PrincipalAccount", role.requester().accountId())
        .put("aws:PrincipalArn", role.arn())
        .put("aws:PrincipalIsAWSService", "false")
        .put("aws:PrincipalType", "AssumedRole")
        .put("aws:RequestedRegion", function.region())
        .put("aws:ViaAWSService", "false")
        .build();
  }
}
