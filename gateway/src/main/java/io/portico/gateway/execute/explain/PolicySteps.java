package io.portico.gateway.execute.explain;

import io.portico.gateway.aws.policy.AccessRequest;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.PermissionLimit;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.Policy.Effect;
import io.portico.gateway.aws.policy.Policy.Word;
import io.portico.gateway.execute.PolicyQuestion;
import io.portico.gateway.execute.explain.ExplainEntry.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each policy has said of a call that was asked, and which of its statements: the API's, those
 * of whoever has signed, and what a Lambda authorizer has answered. They are asked once more for
 * it, for a call that is kept.
 */
final class PolicySteps {
  private final List<Step> steps = new ArrayList<>();

  private PolicySteps() {}

  static List<Step> of(List<PolicyQuestion> questions) {
    PolicySteps all = new PolicySteps();
    questions.forEach(all::add);
    return all.steps;
  }

  private void add(PolicyQuestion question) {
    IamIdentity identity = question.identity();
    if (question.ofApi() != null) {
      add("resource policy", List.of(question.ofApi()), question);
    }
    if (question.ofAuthorizer() != null) {
      add("policy of the authorizer's answer", List.of(question.ofAuthorizer()), question);
    }
    if (identity != null && identity.requester().root()) {
      steps.add(step("identity policies", "allow all to the account itself"));
    } else if (identity != null) {
      add("identity policies", identity.permissions(), question);
    }
    if (identity != null) {
      for (PermissionLimit limit : identity.limits()) {
        add(
            limit.kind() == PermissionLimit.Kind.BOUNDARY
                ? "permissions boundary"
                : "session policies",
            limit.policies(),
            question);
      }
    }
  }

  /** What policies say of which one is enough, unless another denies. */
  private void add(String of, List<Policy> policies, PolicyQuestion question) {
    Word strongest = null;
    int decides = 0;
    for (int i = 0; i < policies.size(); i++) {
      Word word = word(policies.get(i), question);
      if (word != null && (strongest == null || isStronger(word, strongest))) {
        strongest = word;
        decides = i + 1;
      }
    }
    Step step = step(of, result(strongest == null ? Effect.NONE : strongest.effect()));
    if (strongest != null) {
      if (policies.size() > 1) {
        step.values().put("policy", decides + " of " + policies.size());
      }
      step.values().put("statement", strongest.number());
      if (strongest.sid() != null) {
        step.values().put("sid", strongest.sid());
      }
    }
    steps.add(step);
  }

  /** What is denied of one reading of the resource is denied of all. */
  private static @Nullable Word word(Policy policy, PolicyQuestion question) {
    AccessRequest asked = question.request();
    for (String reading : question.readings()) {
      Word word =
          policy.word(
              new AccessRequest(asked.requester(), asked.action(), reading, asked.context()));
      if (word != null && word.effect() == Effect.DENY) {
        return word;
      }
    }
    return policy.word(asked);
  }

  private static boolean isStronger(Word word, Word than) {
    return word.effect().compareTo(than.effect()) > 0;
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
