package io.portico.lambda.control;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.lambda.snapshot.FunctionId;

/** Refusals in Lambda's words. AWS: their codes and statuses; source: recorded, facts LAM-01. */
final class LambdaErrors {
  private LambdaErrors() {}

  static ServiceException invalidParameter(String message) {
    return new ServiceException("InvalidParameterValueException", 400, message);
  }

  static ServiceException notFound(String message) {
    return new ServiceException("ResourceNotFoundException", 404, message);
  }

  /** AWS: source: recorded, facts LAM-07, LAM-11. */
  static ServiceException functionNotFound(String arn) {
    return notFound("Function not found: " + arn);
  }

  static ServiceException conflict(String message) {
    return new ServiceException("ResourceConflictException", 409, message);
  }

  /** AWS: source: recorded, facts LAM-06. */
  static ServiceException updateInProgress(FunctionId id) {
    return conflict(
        "The operation cannot be performed at this time. An update is in progress for resource: "
            + id.arn());
  }

  static ServiceException invalidContent(String message) {
    return new ServiceException("InvalidRequestContentException", 400, message);
  }

  /** AWS: source: recorded, facts LAM-10. */
  static ServiceException wrongRevision() {
    return new ServiceException(
        "PreconditionFailedException",
        412,
        "The Revision Id provided does not match the latest Revision Id. Call the"
            + " GetFunction/GetAlias API to retrieve the latest Revision Id");
  }

  /** AWS: source: recorded, facts LAM-20. */
  static ServiceException aliasNotFound(String arn) {
    return notFound("Cannot find alias arn: " + arn);
  }

  static ServiceException notBuilt(String what) {
    return new ServiceException(
        "NotImplementedException", 501, what + " is not implemented by Portico yet.");
  }
}
