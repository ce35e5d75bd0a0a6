package io.portico.gateway.control.rules;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.store.RecordReader;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a method may be and refer to. */
public final class MethodRules {
  // AWS: in this order; source: MTH-04.
  public static final List<String> HTTP_METHODS =
      List.of("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY");

  /** The refusal of an authorization type whose authorizer is not there. */
  // AWS: source: MTH-05.
  public static final String NO_AUTHORIZER =
      "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or"
          + " COGNITO_USER_POOLS requires a valid authorizer.";

  /** The refusal of a request validator that is not there. */
  public static final String NO_VALIDATOR = "Invalid Request Validator identifier specified";

  private static final String NONE = "NONE";
  private static final List<String> AUTHORIZATION_TYPES =
      List.of(NONE, "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS");
  private static final List<String> WITH_AUTHORIZER = List.of("CUSTOM", "COGNITO_USER_POOLS");

  private MethodRules() {}

  // AWS: source: MTH-04.
  public static void checkHttpMethod(String httpMethod) {
    if (!HTTP_METHODS.contains(httpMethod)) {
      throw ServiceException.badRequest(
          "Invalid HttpMethod specified. Valid options are " + String.join(",", HTTP_METHODS));
    }
  }

  /** The authorization type as it is stored. */
  // AWS: letter case is ignored; source: MTH-02. The refusal's text is assumed.
  public static String authorizationType(String text) {
    String type = text.toUpperCase(Locale.ROOT);
    if (!AUTHORIZATION_TYPES.contains(type)) {
      throw ServiceException.badRequest(
          "Invalid Authorization Type specified. Valid options are "
              + String.join(",", AUTHORIZATION_TYPES));
    }
    return type;
  }

  public static boolean usesAuthorizer(String authorizationType) {
    return WITH_AUTHORIZER.contains(authorizationType);
  }

  /** Whether everything that the method refers to is there. */
  public static void checkReferences(RecordReader records, String apiId, MethodRecord method) {
    if (usesAuthorizer(method.authorizationType())
        && (method.authorizerId() == null
            || records.find(RecordTypes.AUTHORIZER, apiId, method.authorizerId()).isEmpty())) {
      throw ServiceException.badRequest(NO_AUTHORIZER);
    }
    if (method.requestValidatorId() != null
        && records
            .find(RecordTypes.REQUEST_VALIDATOR, apiId, method.requestValidatorId())
            .isEmpty()) {
      // AWS: a 400 here; source: MTH-06.
      throw ServiceException.badRequest(NO_VALIDATOR);
    }
    if (method.requestModels() != null) {
      checkModels(records, apiId, method.requestModels().values());
    }
  }

  /**
   * Whether a method may declare the parameters that it did not declare before.
   *
   * @param before the method as it was, or null for a new one
   * @throws ServiceException if it may not
   */
  public static void checkParameters(MethodRecord method, @Nullable MethodRecord before) {
    if (method.requestParameters() != null) {
      Set<String> declared = new LinkedHashSet<>(method.requestParameters().keySet());
      if (before != null && before.requestParameters() != null) {
        declared.removeAll(before.requestParameters().keySet());
      }
      Mappings.checkRequestParameters(declared);
    }
  }

  // AWS: source: MTH-07.
  public static void checkModels(
      RecordReader records, String apiId, Collection<? extends @Nullable String> names) {
    for (String name : names) {
      if (name == null || records.find(RecordTypes.MODEL, apiId, name).isEmpty()) {
        throw ServiceException.badRequest("Invalid model identifier specified: " + name);
      }
    }
  }

  /** The method without what its authorization type has no use for. */
  // AWS: an authorizer of a method that needs none is accepted and ignored; source: MTH-12.
  public static MethodRecord settled(MethodRecord method) {
    if (usesAuthorizer(method.authorizationType())) {
      return method;
    }
    return new MethodRecord(
        method.httpMethod(),
        method.authorizationType(),
        null,
        null,
        method.apiKeyRequired(),
        method.requestValidatorId(),
        method.operationName(),
        method.requestParameters(),
        method.requestModels(),
        method.methodResponses(),
        method.methodIntegration());
  }
}
