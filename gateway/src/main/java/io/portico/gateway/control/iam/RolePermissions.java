package io.portico.gateway.control.iam;

import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.iam.IdentityPolicies;
import io.portico.gateway.model.iam.ManagedPolicyRecord;
import io.portico.gateway.model.iam.PolicyVersionRecord;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.store.RecordReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the policies of roles say.
 *
 * <p>Of AWS's own policies those count that are known ({@link AwsPolicies}); the others allow
 * nothing here.
 */
public final class RolePermissions {
  private static final Map<String, Policy> OF_AWS = ofAws();

  private RolePermissions() {}

  private static Map<String, Policy> ofAws() {
    Map<String, Policy> policies = new HashMap<>();
    for (ManagedPolicyRecord policy : AwsPolicies.all()) {
      policies.put(
          IamReply.arn(AwsPolicies.OWNER, policy),
          Policy.ofIdentity(policy.versions().all().getLast().document()));
    }
    // AWS: what it allows of Lambda; source: documented,
    // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambda_FullAccess.html.
    policies.put(
        "arn:aws:iam::" + AwsPolicies.OWNER + ":policy/AWSLambda_FullAccess",
        Policy.ofIdentity(
            "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"lambda:*\", \"Resource\": \"*\"}}"));
    return Map.copyOf(policies);
  }

  /** The ARN of a role. */
  public static String arn(String account, RoleRecord role) {
    return IamReply.arn(account, role);
  }

  /** The permissions policies of a role: inline and attached. */
  public static List<Policy> of(RecordReader records, String account, RoleRecord role) {
    return of(records, account, role.policies());
  }

  static List<Policy> of(RecordReader records, String account, IdentityPolicies policies) {
    return Stream.concat(
            policies.inline().values().stream().map(Policy::ofIdentity),
            policies.attached().stream().map(arn -> managed(records, account, arn)))
        .toList();
  }

  /** A managed policy; one that is not there allows nothing. */
  public static Policy managed(RecordReader records, String account, String text) {
    PolicyArn arn;
    try {
      arn = PolicyArn.of(text);
    } catch (ServiceException _) {
      return Policy.NONE;
    }
    if (arn.isOfAws()) {
      return ofAws(arn);
    }
    return ManagedPolicies.find(records, account, arn)
        .flatMap(policy -> policy.versions().find(policy.versions().defaultVersionId()))
        .map(PolicyVersionRecord::document)
        .map(Policy::ofIdentity)
        .orElse(Policy.NONE);
  }

  private static Policy ofAws(PolicyArn arn) {
    // Such as AWSDenyAll and AWSCompromisedKeyQuarantineV3, which are there to deny.
    if (arn.name().contains("Deny") || arn.name().contains("Quarantine")) {
      return Policy.DENY_ALL;
    }
    return OF_AWS.getOrDefault(arn.text(), Policy.NONE);
  }
}
