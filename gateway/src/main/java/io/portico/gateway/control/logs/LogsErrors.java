package io.portico.gateway.control.logs;

import io.portico.gateway.control.protocol.ServiceException;

/** Refusals in CloudWatch Logs' words. AWS: source: reported by users of AWS's clients. */
final class LogsErrors {
  private LogsErrors() {}

  static ServiceException invalidParameter(String message) {
    return new ServiceException("InvalidParameterException", 400, message);
  }

  static ServiceException groupNotFound() {
    return notFound("The specified log group does not exist.");
  }

  static ServiceException streamNotFound() {
    return notFound("The specified log stream does not exist.");
  }

  private static ServiceException notFound(String message) {
    return new ServiceException("ResourceNotFoundException", 400, message);
  }

  static ServiceException groupExists() {
    return exists("The specified log group already exists");
  }

  static ServiceException streamExists() {
    return exists("The specified log stream already exists");
  }

  private static ServiceException exists(String message) {
    return new ServiceException("ResourceAlreadyExistsException", 400, message);
  }
}
