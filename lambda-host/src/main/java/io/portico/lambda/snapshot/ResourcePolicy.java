package io.portico.lambda.snapshot;

import io.portico.gateway.aws.policy.AccessRequest;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.Policy.Effect;
import io.portico.gateway.aws.policy.RequestContext;
import io.portico.gateway.aws.policy.Requester;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resource-based policy of a function, a version or an alias: who may use it.
 *
 * <p>AWS: a policy without a qualifier says nothing of versions and aliases, and a policy of a
 * version nothing of the aliases that point to it; source: documented, AddPermission: "the invoker
 * must use the full Amazon Resource Name (ARN) of that version or alias".
 */
public final class ResourcePolicy {
  /** Grants nothing. */
  public static final ResourcePolicy NONE = new ResourcePolicy(Policy.NONE);

  private static final String API_GATEWAY = "apigateway.amazonaws.com";
  private static final String INVOKE_URL = "lambda:InvokeFunctionUrl";
  private static final String INVOKE = "lambda:InvokeFunction";

  private static final String AUTH_TYPE = "lambda:FunctionUrlAuthType";
  private static final String VIA_URL = "lambda:InvokedViaFunctionUrl";

  private final Policy policy;

  private ResourcePolicy(Policy policy) {
    this.policy = policy;
  }

  /**
   * What somebody wants.
   *
   * @param service the principal of the service that calls, such as {@code sns.amazonaws.com}, or
   *     null for a caller who is none
   * @param action such as {@code lambda:InvokeFunction}
   * @param resource the ARN as the caller has named it: with a qualifier or without
   * @param context what conditions may ask for
   */
  public record Request(
      @Nullable String service, String action, String resource, Map<String, String> context) {}

  /** The policy of these statements. */
  public static ResourcePolicy of(List<ObjectNode> statements) {
    return new ResourcePolicy(Policy.ofResource(statements));
  }

  /**
   * Whether API Gateway may invoke the function.
   *
   * @param resource the function's ARN as the integration names it
   * @param sourceArn the ARN of the method, route or authorizer for which it calls, with the
   *     request's own method and path
   * @param sourceAccount whose API it is
   */
  public boolean allowsApiGateway(String resource, String sourceArn, String sourceAccount) {
    return allows(
        new Request(
            API_GATEWAY,
            INVOKE,
            resource,
            Map.of("aws:SourceArn", sourceArn, "aws:SourceAccount", sourceAccount)));
  }

  /**
   * Whether everybody may call the function by a URL that asks for no signature. AWS: takes two
   * permissions since October 2025, that of the URL and that of the function behind it; source:
   * documented, https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html.
   *
   * @param resource the ARN of what the URL calls
   */
  public boolean allowsOpenUrl(String resource) {
    return allows(new Request(null, INVOKE_URL, resource, Map.of(AUTH_TYPE, "NONE")))
        && allows(new Request(null, INVOKE, resource, Map.of(VIA_URL, "true")));
  }

  /**
   * Whether somebody who has signed may call the function by a URL that asks for it. AWS: takes the
   * same two permissions, by his own policies or by this one; source: documented, as above.
   *
   * @param resource the ARN of what the URL calls
   * @param owner the function's account
   * @param context what conditions may ask for of any request
   */
  public boolean allowsSignedUrl(
      IamIdentity caller, String resource, String owner, RequestContext context) {
    RequestContext ofUrl = context.toBuilder().put(AUTH_TYPE, "AWS_IAM").put(VIA_URL, null).build();
    RequestContext ofFunction =
        context.toBuilder().put(AUTH_TYPE, null).put(VIA_URL, "true").build();
    return caller.may(INVOKE_URL, resource, ofUrl, policy, owner)
        && caller.may(INVOKE, resource, ofFunction, policy, owner);
  }

  /**
   * Whether another account may invoke the function by its own rights.
   *
   * @param resource the function's ARN as the caller names it
   * @param accountId its number
   */
  public boolean allowsAccount(String resource, String accountId) {
    return allows(
        new AccessRequest(
            Requester.Signed.root(accountId),
            INVOKE,
            resource,
            RequestContext.of(Map.of("aws:PrincipalAccount", accountId))));
  }

  /**
   * Whether somebody may invoke the function itself, by his own policies or by this one.
   *
   * @param resource the function's ARN as he names it
   * @param owner the function's account
   */
  public boolean allowsInvoke(
      IamIdentity caller, String resource, String owner, RequestContext context) {
    RequestContext direct = context.toBuilder().put(AUTH_TYPE, null).put(VIA_URL, null).build();
    return caller.may(INVOKE, resource, direct, policy, owner);
  }

  /** Whether a statement grants this, and none denies it. */
  public boolean allows(Request request) {
    Requester requester =
        request.service == null ? Requester.ANONYMOUS : new Requester.Service(request.service);
    return allows(
        new AccessRequest(
            requester, request.action, request.resource, RequestContext.of(request.context)));
  }

  private boolean allows(AccessRequest wanted) {
    return policy.evaluate(wanted) == Effect.ALLOW;
  }
}
