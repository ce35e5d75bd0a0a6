package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.ServiceException;

/**
 * IAM's refusals. AWS: codes and statuses are those of the model; the texts are reported by users
 * of AWS's clients, unless they say otherwise.
 */
final class IamErrors {
  private IamErrors() {}

  static ServiceException noSuchEntity(String message) {
    return new ServiceException("NoSuchEntity", 404, message);
  }

  static ServiceException noRole(String name) {
    return noSuchEntity("The role with name " + name + " cannot be found.");
  }

  static ServiceException noPolicy(String arn) {
    return noSuchEntity("Policy " + arn + " was not found.");
  }

  static ServiceException alreadyExists(String message) {
    return new ServiceException("EntityAlreadyExists", 409, message);
  }

  static ServiceException deleteConflict(String message) {
    return new ServiceException("DeleteConflict", 409, message);
  }

  /** AWS: of what belongs to a service; source: reported by users of AWS's clients. */
  static ServiceException unmodifiable(String role) {
    return new ServiceException(
        "UnmodifiableEntity",
        400,
        "Cannot perform the operation on the protected role '"
            + role
            + "' - this role is only modifiable by AWS");
  }

  /** AWS: source: documented, IAM's common errors. */
  static ServiceException invalidKey() {
    return new ServiceException(
        "InvalidClientTokenId", 403, "The security token included in the request is invalid.");
  }

  /** AWS: for users the text is assumed to be the same. */
  static ServiceException notAttachable() {
    return new ServiceException(
        "PolicyNotAttachable", 400, "Cannot attach a Service Role Policy to a Customer Role.");
  }

  static ServiceException limitExceeded(String message) {
    return new ServiceException("LimitExceeded", 409, message);
  }

  static ServiceException invalidInput(String message) {
    return new ServiceException("InvalidInput", 400, message);
  }

  static ServiceException invalid(String message) {
    return new ServiceException("ValidationError", 400, message);
  }

  static ServiceException malformedPolicy(String message) {
    return new ServiceException("MalformedPolicyDocument", 400, message);
  }
}
