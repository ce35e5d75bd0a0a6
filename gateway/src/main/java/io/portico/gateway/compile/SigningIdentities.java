package io.portico.gateway.compile;

import io.portico.gateway.aws.AwsPartition;
import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.SigningIdentity;
import org.jspecify.annotations.Nullable;

/** With whose credentials the services are called that integrations and authorizers name. */
public final class SigningIdentities {
  private final String accountId;
  private final StageVariables variables;
  private final ServiceEndpoints services;

  /**
   * @param accountId of the API
   */
  public SigningIdentities(String accountId, StageVariables variables, ServiceEndpoints services) {
    this.accountId = accountId;
    this.variables = variables;
    this.services = services;
  }

  /**
   * What an integration's credentials say.
   *
   * <p>AWS: without any it is API Gateway itself that calls, where the service's own policy lets
   * it; and they may have stage variables. Source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html, and {@link
   * InvokeRole}. That the role is assumed in the region of the service is assumed.
   *
   * <p>AWS: whoever names a role has to be allowed iam:PassRole of it, and roles are passed within
   * an account; source: documented,
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html. Here, one of
   * another account is not assumed: the gateway's credentials may be trusted there, but whoever
   * made the API need not be.
   *
   * @param credentials as configured
   * @param partition of the service that is called
   * @param region of the service that is called
   * @throws UnusableException if roles are assumed and these are none, or another account's, or
   *     there is no STS
   */
  public SigningIdentity of(@Nullable String credentials, String partition, String region)
      throws UnusableException {
    if (InvokeRole.isCaller(credentials, variables)) {
      return new SigningIdentity.Caller();
    }
    String role =
        services.assumesRoles() ? InvokeRole.of(credentials, variables, "the integration's") : null;
    if (role == null) {
      return new SigningIdentity.Gateway();
    }
    if (!SourceArn.account(role).equals(accountId)) {
      throw new UnusableException(
          "%s is a role of another account than the API's, %s".formatted(role, accountId));
    }
    ServiceEndpoints.Place sts = services.of(partition, region, "sts");
    return new SigningIdentity.Role(role, sts.endpoint(), sts.prefix() + "/");
  }

  /**
   * The same for an integration or an authorizer with a function. Portico's own Lambda host is told
   * the role, and asks for its rights; nothing is assumed there.
   */
  public SigningIdentity ofFunction(
      @Nullable String credentials, FunctionEndpoints functions, LambdaFunction function)
      throws UnusableException {
    return !InvokeRole.isCaller(credentials, variables) && functions.isOwn(function.arn())
        ? new SigningIdentity.Gateway()
        : of(credentials, AwsPartition.of(function.region()), function.region());
  }
}
