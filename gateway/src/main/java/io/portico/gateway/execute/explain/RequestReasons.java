package io.portico.gateway.execute.explain;

import static io.portico.gateway.execute.explain.Words.code;
import static io.portico.gateway.execute.explain.Words.route;

import io.portico.gateway.execute.explain.ExplainEntry.Refused;
import io.portico.gateway.http.Headers;

/** What is wrong with a request itself. */
final class RequestReasons {
  private static final String VALIDATION = "request validation";
  private static final String BODY = "request body";

  private RequestReasons() {}

  static Reason of(ExplainEntry entry, Refused refused) {
    String route = route(entry);
    return switch (refused.cause()) {
      case PARAMETERS_MISSING ->
          Reason.of(
              VALIDATION,
              "the validator of %s requires parameters that are missing or blank: %s"
                  .formatted(route, errors(refused)),
              "requestParameters, by requestValidatorId",
              "Send them, or set them to false in requestParameters.");
      case BODY_NO_JSON ->
          Reason.of(
              VALIDATION,
              "%s takes the body for JSON, which it is not: %s".formatted(route, refused.detail()),
              "requestModels, or a mapping of the body",
              "Send JSON.");
      case BODY_INVALID ->
          Reason.of(
              VALIDATION,
              "the body does not match the model of %s for %s: %s"
                  .formatted(route, contentType(entry), errors(refused)),
              "requestModels, by requestValidatorId",
              "Send what the model demands: `aws apigateway get-model`.");
      case NO_MODEL ->
          Reason.of(
              VALIDATION,
              "%s has no model for the message: %s".formatted(route, errors(refused)),
              "requestModels, by modelSelectionExpression",
              "Add a model for it, or one of `$default`.");
      case CONTENT_TYPES ->
          Reason.of(
              BODY,
              "the request has several values of Content-Type, and %s would have to choose"
                  .formatted(route),
              null,
              "Send one.");
      case BODY_TOO_LONG ->
          Reason.of(
              BODY,
              "the body is longer than %s takes: %s".formatted(route, refused.detail()),
              "quota payload-size",
              "Send less, or raise the quota in the configuration (`quotas`).");
      case BODY_BROKEN_OFF ->
          Reason.of(
              BODY,
              "the client has not sent all of its body to %s: %s"
                  .formatted(route, refused.detail()),
              null,
              "See that the client sends as much as its Content-Length says, and in time.");
      case CONTENT_CODING ->
          Reason.of(
              BODY,
              "the body's Content-Encoding cannot be undone for %s: %s"
                  .formatted(route, refused.detail()),
              "minimumCompressionSize",
              "Send it as gzip or deflate, or as it is.");
      case NO_TEMPLATE ->
          Reason.of(
              "integration request",
              "%s has no mapping template for %s, and its passthroughBehavior lets no body pass"
                      .formatted(route, contentType(entry))
                  + " without one",
              "requestTemplates and passthroughBehavior",
              "Send a Content-Type that has a template, add one, or set passthroughBehavior to"
                  + " WHEN_NO_MATCH.");
      case MAPPED_PARAMETER ->
          Reason.of(
              "integration request",
              "a parameter of the action that %s stands for cannot be made of the request: %s"
                  .formatted(route, refused.detail()),
              "requestParameters of the integration",
              "Send what the mapping reads.");
      case COMMAND_INVALID ->
          Reason.of(
              "command",
              "%s is no command that can be done: %s"
                  .formatted(code(entry.sent().path()), refused.detail()),
              null,
              null);
      case CONNECTION_GONE ->
          Reason.of(
              "command",
              "%s names no connection that is open".formatted(code(entry.sent().path())),
              null,
              "Forget its id: the client has gone, and `$disconnect` has said so.");
      default -> throw new IllegalArgumentException(refused.cause().name());
    };
  }

  private static String errors(Refused refused) {
    return refused.validationErrors() == null ? refused.detail() : refused.validationErrors();
  }

  private static String contentType(ExplainEntry entry) {
    Headers headers = entry.sent().content().headers();
    String type = headers.first("Content-Type");
    return type == null ? "a body without Content-Type" : code(type);
  }
}
