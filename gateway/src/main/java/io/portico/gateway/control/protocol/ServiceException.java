package io.portico.gateway.control.protocol;

/**
 * A refusal in AWS's words: the error code, its HTTP status and the text. Stackless: it is an
 * answer, not a bug.
 */
public final class ServiceException extends RuntimeException {
  private final String code;
  private final int status;

  public ServiceException(String code, int status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  public static ServiceException badRequest(String message) {
    return new ServiceException("BadRequestException", 400, message);
  }

  public static ServiceException notFound(String message) {
    return new ServiceException("NotFoundException", 404, message);
  }

  public static ServiceException conflict(String message) {
    return new ServiceException("ConflictException", 409, message);
  }

  /** AWS's error code, as {@code x-amzn-ErrorType} names it. */
  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  /** The text for the caller. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
