package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.protocol.ServiceException;

/** Refusals in CloudWatch's words. AWS: source: reported by users of AWS's clients. */
final class CloudWatchErrors {
  private CloudWatchErrors() {}

  static ServiceException missing(String parameter) {
    return new ServiceException(
        "MissingRequiredParameterException", 400, "The parameter " + parameter + " is required.");
  }

  static ServiceException invalid(String message) {
    return new ServiceException("InvalidParameterValueException", 400, message);
  }

  static ServiceException invalidValue(Object value, String parameter) {
    return invalid("The value %s for parameter %s is invalid.".formatted(value, parameter));
  }

  static ServiceException tooMany(String collection, int most) {
    return invalid(
        "The collection %s must not have a size greater than %d.".formatted(collection, most));
  }

  static ServiceException combination(String message) {
    return new ServiceException("InvalidParameterCombinationException", 400, message);
  }

  static ServiceException validation(String message) {
    return new ServiceException("ValidationException", 400, message);
  }

  static ServiceException startNotBeforeEnd() {
    return combination("The parameter StartTime must be less than the parameter EndTime.");
  }

  static ServiceException invalidToken() {
    return new ServiceException("InvalidNextToken", 400, "Invalid nextToken");
  }
}
