package io.portico.gateway.execute.explain;

import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.PermissionLimit;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.Policy.Effect;
import io.portico.gateway.execute.PolicyWords;
import io.portico.gateway.execute.PolicyWords.Said;
import io.portico.gateway.execute.explain.ExplainEntry.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each policy has said of a call that was asked, and which of its statements: the API's, those
 * of whoever has signed, and what a Lambda authorizer has answered. What was not asked, as another
 * one had decided, has no step.
 */
final class PolicySteps {
  private final List<Step> steps = new ArrayList<>();

  private PolicySteps() {}

  static List<Step> of(List<PolicyWords> asked) {
    PolicySteps all = new PolicySteps();
    asked.forEach(all::add);
    return all.steps;
  }

  private void add(PolicyWords words) {
    IamIdentity identity = words.identity();
    if (words.ofApi() != null) {
      add("resource policy", List.of(words.ofApi()), words);
    }
    if (words.ofAuthorizer() != null) {
      add("policy of the authorizer's answer", List.of(words.ofAuthorizer()), words);
    }
    if (identity != null && identity.requester().root()) {
      steps.add(step("identity policies", "allow all to the account itself"));
    } else if (identity != null) {
      add("identity policies", identity.permissions(), words);
    }
    if (identity != null) {
      for (PermissionLimit limit : identity.limits()) {
        add(
            limit.kind() == PermissionLimit.Kind.BOUNDARY
                ? "permissions boundary"
                : "session policies",
            limit.policies(),
            words);
      }
    }
  }

  /** What policies say of which one is enough, unless another denies. */
  private void add(String of, List<Policy> policies, PolicyWords words) {
    Said strongest = null;
    int decides = 0;
    for (int i = 0; i < policies.size(); i++) {
      Said said = words.of(policies.get(i));
      if (said != null && (strongest == null || said.effect().compareTo(strongest.effect()) > 0)) {
        strongest = said;
        decides = i + 1;
      }
    }
    if (strongest == null && !policies.isEmpty()) {
      return;
    }
    Step step = step(of, result(strongest == null ? Effect.NONE : strongest.effect()));
    if (strongest != null && strongest.statement() > 0) {
      if (policies.size() > 1) {
        step.values().put("policy", decides + " of " + policies.size());
      }
      step.values().put("statement", strongest.statement());
      String sid = strongest.policy().sid(strongest.statement());
      if (sid != null) {
        step.values().put("sid", sid);
      }
    }
    steps.add(step);
  }

  private static String result(Effect effect) {
    return switch (effect) {
      case NONE -> "says nothing of it";
      case DELEGATE -> "allows it to whom the account allows it";
      case ALLOW -> "allows it";
      case DENY -> "denies it";
    };
  }

  private static Step step(String of, String result) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("of", of);
    values.put("result", result);
    return new Step("policyEvaluated", -1, values);
  }
}
