package io.portico.gateway.control.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal in AWS's words: the error code, its HTTP status and the text. Stackless: it is an
 * answer, not a bug.
 */
public final class ServiceException extends RuntimeException {
  private final String code;
  private final int status;
  private final transient Map<String, String> details;

  public ServiceException(String code, int status, String message) {
    this(code, status, message, Map.of());
  }

  private ServiceException(
      String code, int status, @Nullable String message, Map<String, String> details) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.details = details;
  }

  /** This refusal with another member of its body, which the error's shape has. */
  public ServiceException with(String member, String value) {
    Map<String, String> all = new LinkedHashMap<>(details);
    all.put(member, value);
    return new ServiceException(code, status, getMessage(), all);
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

  /** What AWS has and Portico does not, yet. */
  public static ServiceException notImplemented(String what) {
    return new ServiceException(
        "NotImplementedException", 501, what + " is not implemented by Portico yet.");
  }

  /** AWS's error code, as {@code x-amzn-ErrorType} names it. */
  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  /** Members of the body beside the text. */
  Map<String, String> details() {
    return details;
  }

  /** The text for the caller. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
