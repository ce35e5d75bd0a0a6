package io.portico.gateway.compile;

import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every setting that restricts access, is stored, and is not enforced yet. Each closes what it is
 * meant to guard, with AWS's text where one fits; whoever builds one takes it off this list.
 *
 * <p>Caching and TLS policies restrict nobody by who they are, and are not listed.
 */
final class ClosedSettings {
  private static final List<String> OPEN_ENDPOINTS = List.of("EDGE", "REGIONAL");

  private ClosedSettings() {}

  /**
   * What closes a whole stage, or null.
   *
   * @param live the API as it is now: its endpoint takes effect without a deployment
   * @param deployed the API as it was deployed
   */
  static @Nullable Refusal stage(RestApiRecord live, RestApiRecord deployed, StageRecord stage) {
    for (RestApiRecord api : List.of(live, deployed)) {
      for (String type : api.endpointConfiguration().types()) {
        if (!OPEN_ENDPOINTS.contains(type)) {
          // AWS: a PRIVATE API is not reached from outside its VPC, and refuses without a policy.
          return new Refusal(GatewayResponseType.INVALID_API_KEY, "endpoint type " + type);
        }
      }
      String accessMode = api.endpointAccessMode();
      if (accessMode != null && !accessMode.equals("BASIC")) {
        return new Refusal(GatewayResponseType.INVALID_API_KEY, "endpointAccessMode " + accessMode);
      }
    }
    if (stage.webAclArn() != null && !stage.webAclArn().isEmpty()) {
      return new Refusal(GatewayResponseType.WAF_FILTERED, "web ACL " + stage.webAclArn());
    }
    return null;
  }

  /**
   * What closes a method, or null.
   *
   * @param apiKeySource whether it is known where the API's callers have their keys
   */
  static @Nullable Refusal method(MethodRecord method, boolean apiKeySource) {
    String type = method.authorizationType();
    GatewayResponseType answer =
        switch (type) {
          case "NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS" -> null;
          default -> GatewayResponseType.ACCESS_DENIED;
        };
    if (answer != null) {
      return new Refusal(answer, "authorizationType " + type);
    }
    return method.apiKeyRequired() && !apiKeySource
        ? new Refusal(GatewayResponseType.INVALID_API_KEY, "apiKeySource")
        : null;
  }

  /** What closes a custom domain name, or null. */
  static @Nullable Refusal domainName(DomainNameRecord domain) {
    for (String type : domain.endpointConfiguration().types()) {
      if (!OPEN_ENDPOINTS.contains(type)) {
        // AWS: let in is who comes by a VPC endpoint that has an access association and that the
        // policy names, and nobody here comes by one.
        return new Refusal(GatewayResponseType.INVALID_API_KEY, "endpoint type " + type);
      }
    }
    if (domain.mutualTlsAuthentication() != null) {
      return new Refusal(GatewayResponseType.INVALID_API_KEY, "mutualTlsAuthentication");
    }
    String accessMode = domain.endpointAccessMode();
    if (accessMode != null && !accessMode.equals("BASIC")) {
      return new Refusal(GatewayResponseType.INVALID_API_KEY, "endpointAccessMode " + accessMode);
    }
    String policy = domain.policy();
    if (policy != null && !policy.isBlank()) {
      return new Refusal(GatewayResponseType.ACCESS_DENIED, "resource policy");
    }
    return null;
  }
}
