package io.portico.gateway.execute;

import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.Policy.Effect;
import io.portico.gateway.aws.policy.PolicyListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What policies have said of a call when they were asked whether it may be: for whoever explains
 * it. What is denied of one reading of the resource is denied of all.
 */
public final class PolicyWords implements PolicyListener {
  private final @Nullable Policy ofApi;
  private final @Nullable IamIdentity identity;
  private final @Nullable Policy ofAuthorizer;
  private final List<Said> said = new ArrayList<>(2);

  /**
   * What one of them has said.
   *
   * @param statement see {@link PolicyListener#said}
   */
  public record Said(Policy policy, Effect effect, int statement) {}

  /**
   * @param ofApi the API's resource policy, or null where that is not asked
   * @param identity whose policies are asked, or null
   * @param ofAuthorizer what a Lambda authorizer has answered, or null
   */
  public PolicyWords(
      @Nullable Policy ofApi, @Nullable IamIdentity identity, @Nullable Policy ofAuthorizer) {
    this.ofApi = ofApi;
    this.identity = identity;
    this.ofAuthorizer = ofAuthorizer;
  }

  @Override
  public void said(Policy policy, Effect effect, int statement) {
    for (int i = 0; i < said.size(); i++) {
      if (said.get(i).policy.equals(policy)) {
        if (effect == Effect.DENY && said.get(i).effect != Effect.DENY) {
          said.set(i, new Said(policy, effect, statement));
        }
        return;
      }
    }
    said.add(new Said(policy, effect, statement));
  }

  /** What a policy has said, or null where it was not asked. */
  public @Nullable Said of(Policy policy) {
    for (Said each : said) {
      if (each.policy.equals(policy)) {
        return each;
      }
    }
    return null;
  }

  /** The API's resource policy, or null where that was not asked. */
  public @Nullable Policy ofApi() {
    return ofApi;
  }

  /** Whose policies were asked, or null. */
  public @Nullable IamIdentity identity() {
    return identity;
  }

  /** What a Lambda authorizer has answered, or null. */
  public @Nullable Policy ofAuthorizer() {
    return ofAuthorizer;
  }
}
