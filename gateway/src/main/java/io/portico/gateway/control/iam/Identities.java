package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.model.iam.IdentityPolicies;
import io.portico.gateway.store.RecordReader;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is demanded of roles and users alike. */
final class Identities {
  private Identities() {}

  /** Whether a policy may bound an identity, or none is to. */
  static void checkBoundary(RecordReader records, String account, @Nullable String boundary) {
    if (boundary != null && !ManagedPolicies.exists(records, account, PolicyArn.of(boundary))) {
      throw IamErrors.noSuchEntity(
          "Scope ARN: " + boundary + " does not exist or is not attachable.");
    }
  }

  /** Whether an identity may be deleted, as far as its policies go. */
  static void checkNone(IdentityPolicies policies) {
    if (!policies.attached().isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must detach all policies first.");
    }
    if (!policies.inline().isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must delete policies first.");
    }
  }

  /** What a list of things with paths shows, where it is asked for those below one. */
  static <T> Predicate<T> belowPrefix(Input input, Function<T, String> path) {
    String prefix = input.stringOrNull("PathPrefix");
    return each -> prefix == null || path.apply(each).startsWith(prefix);
  }
}
