package io.portico.gateway.control.sts;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.aws.policy.AccessRequest;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.PermissionLimit;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.RequestContext;
import io.portico.gateway.aws.policy.Requester;
import io.portico.gateway.control.iam.RolePermissions;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.store.RecordReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Roles as which a service of AWS acts for a moment, such as API Gateway for an integration. */
public final class ServiceRoles {
  private ServiceRoles() {}

  /**
   * What a role is and may when a service acts as it, by its policies as they are now. One that
   * does not trust the service, or is named otherwise than it is, may nothing of itself.
   *
   * @param service such as {@code apigateway.amazonaws.com}
   * @return nothing where nobody has made a role of that name
   */
  public static Optional<IamIdentity> find(RecordReader records, String roleArn, String service) {
    AssumedRole assumed = AssumedRole.of(roleArn);
    if (assumed == null) {
      return Optional.of(IamIdentity.powerless(SourceArn.account(roleArn), roleArn));
    }
    return assumed
        .find(records)
        .map(
            role ->
                trusts(assumed, role, service)
                    ? identity(records, assumed.account(), role)
                    : IamIdentity.powerless(assumed.account(), roleArn));
  }

  /** Whether it is the ARN of a role that somebody may make. */
  public static boolean isRole(String arn) {
    return AssumedRole.of(arn) != null;
  }

  /** Whether somebody has made the role, and it trusts the service. */
  public static boolean canAssume(RecordReader records, String roleArn, String service) {
    AssumedRole assumed = AssumedRole.of(roleArn);
    return assumed != null
        && assumed.find(records).filter(role -> trusts(assumed, role, service)).isPresent();
  }

  /** Whether somebody has made the role, and it trusts the service under no condition at all. */
  public static boolean shutsOut(RecordReader records, String roleArn, String service) {
    AssumedRole assumed = AssumedRole.of(roleArn);
    return assumed != null
        && assumed
            .find(records)
            .filter(role -> isNamed(assumed, role))
            .filter(role -> !letsIn(assumed, unconditional(trust(role)), service))
            .isPresent();
  }

  private static boolean trusts(AssumedRole named, RoleRecord role, String service) {
    return isNamed(named, role) && letsIn(named, trust(role), service);
  }

  private static boolean isNamed(AssumedRole named, RoleRecord role) {
    return RolePermissions.arn(named.account(), role).equals(named.arn());
  }

  private static List<JsonNode> trust(RoleRecord role) {
    List<JsonNode> statements = new ArrayList<>();
    JsonNode trust = Json.parse(role.settings().assumeRolePolicyDocument()).path("Statement");
    for (JsonNode statement : trust.isArray() ? trust : List.of(trust)) {
      // The role is the resource of its own trust policy, which does not name it.
      statements.add(
          statement instanceof ObjectNode object
              ? object.deepCopy().put("Resource", "*")
              : statement);
    }
    return statements;
  }

  /** What a policy allows whenever its conditions hold, whatever it denies. */
  private static List<JsonNode> unconditional(List<JsonNode> statements) {
    List<JsonNode> allowed = new ArrayList<>();
    for (JsonNode statement : statements) {
      if (statement instanceof ObjectNode object
          && object.path("Effect").asString("").equals("Allow")) {
        ObjectNode always = object.deepCopy();
        always.remove("Condition");
        allowed.add(always);
      }
    }
    return allowed;
  }

  private static boolean letsIn(AssumedRole named, List<JsonNode> statements, String service) {
    AccessRequest wanted =
        new AccessRequest(
            new Requester.Service(service),
            "sts:AssumeRole",
            named.arn(),
            RequestContext.of(Map.of()));
    return Policy.ofResource(statements).evaluate(wanted) == Policy.Effect.ALLOW;
  }

  private static IamIdentity identity(RecordReader records, String account, RoleRecord role) {
    String arn = RolePermissions.arn(account, role);
    String boundary = role.settings().permissionsBoundary();
    List<PermissionLimit> limits =
        boundary == null
            ? List.of()
            : List.of(
                PermissionLimit.boundary(RolePermissions.managed(records, account, boundary)));
    return new IamIdentity(
        new Requester.Signed(account, false, Set.of(arn)),
        arn,
        RolePermissions.of(records, account, role),
        limits);
  }
}
