package io.portico.gateway.control.acm;

import io.portico.gateway.control.protocol.ServiceException;

/** Refusals in Certificate Manager's words; the codes are its model's. */
final class AcmErrors {
  private AcmErrors() {}

  static ServiceException validation(String message) {
    return new ServiceException("ValidationException", 400, message);
  }

  static ServiceException invalidParameter(String message) {
    return new ServiceException("InvalidParameterException", 400, message);
  }

  static ServiceException invalidValidationOptions(String message) {
    return new ServiceException("InvalidDomainValidationOptionsException", 400, message);
  }

  static ServiceException invalidTag(String message) {
    return new ServiceException("InvalidTagException", 400, message);
  }

  static ServiceException tooManyTags(String message) {
    return new ServiceException("TooManyTagsException", 400, message);
  }

  static ServiceException notFound(String arn, String accountId) {
    // AWS: the text is assumed.
    return new ServiceException(
        "ResourceNotFoundException",
        400,
        "Requested certificate %s not found in account %s.".formatted(arn, accountId));
  }

  // AWS: source: reported by users of Terraform.
  static ServiceException inUse(String arn, String accountId) {
    return new ServiceException(
        "ResourceInUseException",
        400,
        "Certificate %s in account %s is in use.".formatted(arn, accountId));
  }
}
