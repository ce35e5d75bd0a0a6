package io.portico.lambda.control;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.lambda.async.AsyncInvocations;
import io.portico.lambda.environment.ConcurrencyException;
import io.portico.lambda.snapshot.FunctionId;
import java.io.IOException;

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

  /**
   * AWS: of changes; invocations have other words. Source: reported by users,
   * https://github.com/aws/serverless-application-model/issues/2356.
   */
  static ServiceException pending(FunctionId id) {
    return conflict(
        ("The operation cannot be performed at this time. The resource %s is currently in the"
                + " following state: 'Pending'. StateReasonCode: 'Creating'")
            .formatted(id.arn()));
  }

  /**
   * AWS: of invocations; source: reported by users,
   * https://github.com/remotion-dev/remotion/issues/1186.
   *
   * @param state such as {@code Pending}
   */
  static ServiceException notActive(String state) {
    return conflict(
        "The operation cannot be performed at this time. The function is currently in the following"
            + " state: "
            + state);
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

  /** AWS: of layers and event source mappings; source: reported by users of AWS's clients. */
  static ServiceException noSuchResource() {
    return notFound("The resource you requested does not exist.");
  }

  /** AWS: source: reported by users of AWS's clients. */
  static ServiceException notShared(String account, String operation, String arn) {
    return new ServiceException(
        "AccessDeniedException",
        403,
        ("User: arn:aws:iam::%s:root is not authorized to perform: lambda:%s on resource: %s because"
                + " no resource-based policy allows the lambda:%s action")
            .formatted(account, operation, arn, operation));
  }

  /** AWS: source: recorded, facts LAM-20. */
  static ServiceException statementExists(String sid) {
    return conflict(
        ("The statement id (%s) provided already exists. Please provide a new statement id, or"
                + " remove the existing statement.")
            .formatted(sid));
  }

  /** AWS: source: recorded, facts LAM-21. */
  static ServiceException noStatement(String sid) {
    return notFound("Statement " + sid + " is not found in resource policy.");
  }

  /** AWS: source: recorded, facts LAM-21. */
  static ServiceException noPolicy() {
    return notFound("No policy is associated with the given resource.");
  }

  static ServiceException tooManyRequests(ConcurrencyException reason) {
    return new ServiceException("TooManyRequestsException", 429, "Rate Exceeded.")
        .with("Reason", reason.reason());
  }

  /** AWS: source: documented, RecursiveInvocationException. */
  static ServiceException recursive() {
    return new ServiceException(
        "RecursiveInvocationException", 400, AsyncInvocations.RECURSIVE_INVOCATION);
  }

  /** AWS: its word for a lack of room of its own; source: documented, Invoke. */
  static ServiceException noEnvironment(IOException reason) {
    return new ServiceException(
        "EC2UnexpectedException", 502, "No execution environment: " + reason.getMessage());
  }
}
