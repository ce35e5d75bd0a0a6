package io.portico.lambda.control;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Identities;
import io.portico.gateway.aws.policy.RequestContext;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.CallerResolver;
import io.portico.lambda.snapshot.ResourcePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Whoever calls a method whose integration passes his credentials on ({@code
 * arn:aws:iam::*:user/*}). AWS: the right is his own; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html, credentials.
 */
final class InvokingCaller {
  private InvokingCaller() {}

  /**
   * Whether he may. A key that nobody was given is the account's own, as elsewhere, but for one
   * such as AWS gives out: it may have been somebody's a moment ago.
   */
  static boolean mayInvoke(
      LambdaEnvironment environment,
      Caller caller,
      FunctionReference reference,
      ResourcePolicy policy) {
    String keyId = caller.accessKeyId();
    if (keyId == null) {
      return false;
    }
    environment.carrier().computingForLong();
    Identities identities = environment.identities();
    @Nullable AccessKey key = identities.find(keyId);
    String owner = reference.id().accountId();
    if (key == null) {
      return !CallerResolver.isIssued(keyId)
          && (caller.accountId().equals(owner)
              || policy.allowsAccount(reference.arn(), caller.accountId()));
    }
    IamIdentity identity = identities.identify(key);
    RequestContext context =
        RequestContext.ofRequest()
            .put("aws:RequestedRegion", reference.id().region())
            .put("aws:ViaAWSService", "false")
            .signedBy(key, identity)
            .build();
    return policy.allowsInvoke(identity, reference.arn(), owner, context);
  }
}
