package io.portico.gateway.execute;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.json.Json;
import io.portico.gateway.jsonschema.JsonSchema;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.RequestValidation.RequiredParameter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * Does a request keep what a method or route demands of it? Faults: {@code BAD_REQUEST_PARAMETERS},
 * {@code BAD_REQUEST_BODY}.
 */
public final class RequestValidator {
  private RequestValidator() {}

  /** All that is missing is named. */
  public static void requireParameters(
      RequestParameters parameters, List<RequiredParameter> required) {
    List<String> missing = List.of();
    for (RequiredParameter parameter : required) {
      if (!isPresent(parameter, parameters)) {
        missing = missing.isEmpty() ? new ArrayList<>() : missing;
        missing.add(parameter.name());
      }
    }
    if (!missing.isEmpty()) {
      throw new GatewayFault(
              GatewayResponseType.BAD_REQUEST_PARAMETERS,
              FaultCause.PARAMETERS_MISSING,
              "Missing required request parameters: " + missing)
          // AWS: does not describe it; as it lists what is wrong with a body. Source: inferred.
          .withValidationErrors(missing.toString());
    }
  }

  /**
   * AWS: a blank one is missing too; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
   */
  private static boolean isPresent(RequiredParameter parameter, RequestParameters parameters) {
    String name = parameter.name();
    String value =
        switch (parameter.place()) {
          case HEADER -> parameters.headers().last(name);
          case PATH -> parameters.path().get(name);
          case QUERY_STRING -> parameters.query().last(name);
        };
    return value != null && !value.isBlank();
  }

  /**
   * Validates content. Of members that occur twice, the last is validated; which AWS's validator
   * takes is assumed.
   *
   * @param told what the execution log calls the model by, such as a media type
   * @param carrier carries the calling thread
   */
  public static void requireModel(
      JsonSchema schema, Payload content, String told, Carrier carrier) {
    List<String> errors;
    try {
      errors = schema.validate(Json.parse(content.raw()), carrier);
    } catch (JacksonException e) {
      throw invalidBody(FaultCause.BODY_NO_JSON, "[Unknown error parsing request body]", told)
          .because("the body is not JSON: " + e.getOriginalMessage());
    }
    if (!errors.isEmpty()) {
      throw invalidBody(FaultCause.BODY_INVALID, errors.toString(), told);
    }
  }

  /**
   * AWS: a list in brackets; a body that is no JSON has a text of its own; source: second-hand,
   * execution logs and responses that users of AWS have published.
   */
  private static GatewayFault invalidBody(FaultCause cause, String errors, String told) {
    return new GatewayFault(GatewayResponseType.BAD_REQUEST_BODY, cause)
        .withValidationErrors(errors)
        .telling(told)
        .because("the body does not match the model: " + errors);
  }
}
