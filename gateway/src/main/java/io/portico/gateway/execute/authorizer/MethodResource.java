package io.portico.gateway.execute.authorizer;

import io.portico.gateway.execute.MatchedCall;
import java.util.List;

/**
 * What is called as the {@code Resource} of policies: of a method its ARN with the request's own
 * verb and path.
 *
 * <p>What a policy denies of one reading of it, it denies of all; it has to allow the one that
 * stands.
 *
 * @param arn as it stands
 * @param readings as others may read it; none, as a rule
 */
record MethodResource(String arn, List<String> readings) {

  static MethodResource of(MatchedCall match) {
    return new MethodResource(match.arn(), match.readings());
  }
}
