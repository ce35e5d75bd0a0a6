package io.portico.gateway.execute;

import io.portico.gateway.snapshot.GatewayResponseType;
import org.jspecify.annotations.Nullable;

/**
 * A failure that becomes a <b>gateway response</b>. Thrown by any stage, caught only where a
 * pipeline answers.
 */
public final class GatewayFault extends RuntimeException {
  private final GatewayResponseType type;
  private final FaultCause why;
  private final int status;
  private final @Nullable String text;
  private final @Nullable String validationErrors;
  private final String reason;
  private final @Nullable String told;
  private final @Nullable String errorType;
  private final @Nullable String challenge;

  private GatewayFault(
      GatewayResponseType type,
      FaultCause cause,
      int status,
      @Nullable String text,
      @Nullable String validationErrors,
      String reason,
      @Nullable String told,
      @Nullable String errorType,
      @Nullable String challenge) {
    super(reason, null, false, false);
    this.type = type;
    this.why = cause;
    this.status = status;
    this.text = text;
    this.validationErrors = validationErrors;
    this.reason = reason;
    this.told = told;
    this.errorType = errorType;
    this.challenge = challenge;
  }

  /** A fault with the type's own text. */
  public GatewayFault(GatewayResponseType type, FaultCause cause) {
    this(type, cause, type.status(), type.text(), null, type.name(), null, type.errorType(), null);
  }

  /**
   * A fault with a text of its own.
   *
   * @param text what the client is told
   */
  public GatewayFault(GatewayResponseType type, FaultCause cause, String text) {
    this(type, cause, type.status(), text, null, text, null, type.errorType(), null);
  }

  /** The API cannot be called as it is configured; the client learns no more than that. */
  public static GatewayFault misconfigured(String reason) {
    return misconfigured(FaultCause.MISCONFIGURED, reason);
  }

  /** The same, where there is more to say of why. */
  public static GatewayFault misconfigured(FaultCause cause, String reason) {
    return new GatewayFault(GatewayResponseType.API_CONFIGURATION_ERROR, cause).because(reason);
  }

  /**
   * The same, where AWS's execution log has a text of its own for it.
   *
   * @param told what the execution log of the API says
   * @param reason what the gateway's own log says
   */
  public static GatewayFault misconfigured(FaultCause cause, String told, String reason) {
    return misconfigured(cause, reason).telling(told);
  }

  /** The same of what {@link FaultCause#MISCONFIGURED} says all of. */
  public static GatewayFault misconfigured(String told, String reason) {
    return misconfigured(FaultCause.MISCONFIGURED, told, reason);
  }

  /** A proxied function failed, or its answer is none that API Gateway takes. */
  public static GatewayFault badReply(FaultCause cause, String reason) {
    return new GatewayFault(GatewayResponseType.DEFAULT_5XX, cause).withStatus(502).because(reason);
  }

  /**
   * The client's body is longer than the API's calls may be. AWS: the front end finds it, not the
   * API; source: reported by users, https://github.com/koki-develop/lgtm-generator/issues/10.
   */
  public static GatewayFault tooLong(long limit) {
    return new GatewayFault(
        GatewayResponseType.REQUEST_TOO_LARGE,
        FaultCause.BODY_TOO_LONG,
        GatewayResponseType.REQUEST_TOO_LARGE.status(),
        "HTTP content length exceeded " + limit + " bytes.",
        null,
        "the body is longer than " + limit + " bytes",
        null,
        null,
        null);
  }

  /** This fault with what the gateway's own log is told. */
  public GatewayFault because(String detail) {
    return new GatewayFault(
        type, why, status, text, validationErrors, detail, told, errorType, challenge);
  }

  /** This fault with what the execution log of the API is told, in AWS's words. */
  public GatewayFault telling(String text) {
    return new GatewayFault(
        type, why, status, this.text, validationErrors, reason, text, errorType, challenge);
  }

  /** This fault with another status than its type's. */
  public GatewayFault withStatus(int other) {
    return new GatewayFault(
        type, why, other, text, validationErrors, reason, told, errorType, challenge);
  }

  /** This fault with {@code $context.error.validationErrorString}. */
  public GatewayFault withValidationErrors(String errors) {
    return new GatewayFault(type, why, status, text, errors, reason, told, errorType, challenge);
  }

  /** This fault with another {@code x-amzn-ErrorType} than its type's. */
  public GatewayFault named(String other) {
    return new GatewayFault(
        type, why, status, text, validationErrors, reason, told, other, challenge);
  }

  /** This fault with what the client is challenged to show: {@code WWW-Authenticate}. */
  public GatewayFault challenging(String other) {
    return new GatewayFault(
        type, why, status, text, validationErrors, reason, told, errorType, other);
  }

  public GatewayResponseType type() {
    return type;
  }

  /** What happened; {@link #type} is how that is answered. */
  public FaultCause why() {
    return why;
  }

  /** The value of {@code x-amzn-ErrorType}; null for what a front end answers, which has none. */
  public @Nullable String errorType() {
    return errorType;
  }

  /** The value of {@code WWW-Authenticate}, or null where the client is not challenged. */
  public @Nullable String challenge() {
    return challenge;
  }

  /** The status where the gateway response does not customise it. */
  public int status() {
    return status;
  }

  /** {@code $context.error.message}. */
  public @Nullable String text() {
    return text;
  }

  /** {@code $context.error.validationErrorString}. */
  public @Nullable String validationErrors() {
    return validationErrors;
  }

  /**
   * For the gateway's own log; never shown to a client. That of {@code INTEGRATION_FAILURE} and
   * {@code INTEGRATION_TIMEOUT} is in the execution log, too: it says where and what happened,
   * never what was sent or answered.
   */
  public String reason() {
    return reason;
  }

  /**
   * For the execution log of the API, behind what is said of every fault of the type; null where
   * AWS's words are not known.
   */
  public @Nullable String told() {
    return told;
  }
}
