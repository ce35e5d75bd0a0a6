package io.portico.gateway.execute;

import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import io.portico.gateway.snapshot.UsagePlanSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: what authorizer, API key and IAM established.
 *
 * @param apiKey what a method that requires one was shown, and known to be right; else null
 * @param usagePlan the key's for the stage; null where no key is required, or a method is tested
 * @param iam who signed, where that is asked; else null
 * @param authorizer what an authorizer said of him; else null
 * @param policy by which a Lambda authorizer said what he may; else null
 */
public record Caller(
    @Nullable ApiKeySnapshot apiKey,
    @Nullable UsagePlanSnapshot usagePlan,
    @Nullable IamCaller iam,
    @Nullable AuthorizerContext authorizer,
    @Nullable Policy policy) {
  /** Nobody in particular: the method has {@code authorizationType NONE} and wants no key. */
  public static final Caller ANONYMOUS = new Caller(null, null, null, null, null);

  /** This caller with the API key that was shown, and its plan for the stage. */
  public Caller with(ApiKeySnapshot shown, UsagePlanSnapshot plan) {
    return new Caller(shown, plan, iam, authorizer, policy);
  }

  /** This caller with what an authorizer said of him. */
  public Caller with(AuthorizerContext said) {
    return new Caller(apiKey, usagePlan, iam, said, policy);
  }

  /** The same of a Lambda authorizer, which said what he may as well. */
  public Caller with(AuthorizerContext said, Policy allowing) {
    return new Caller(apiKey, usagePlan, iam, said, allowing);
  }
}
