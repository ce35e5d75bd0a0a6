package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.ContextValues;
import io.portico.gateway.execute.HeaderText;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.RouteMatch;
import io.portico.gateway.execute.mapping.BodyExpressions;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.QueryString;
import io.portico.gateway.snapshot.ParameterSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a route's mappings in one call.
 *
 * <p>AWS: several values of a header or query parameter are joined by commas; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html.
 */
final class MappedValues {
  private final RouteMatch match;
  private final QueryString query;
  private final @Nullable Payload request;
  private final Headers response;
  private final @Nullable Payload answer;

  private MappedValues(
      RouteMatch match, @Nullable Payload request, Headers response, @Nullable Payload answer) {
    this.match = match;
    this.query = new QueryString(match.invocation().request().rawQuery());
    this.request = request;
    this.response = response;
    this.answer = answer;
  }

  /**
   * The values for a request.
   *
   * @param content the request's, or null where no mapping takes a part of it
   */
  static MappedValues ofRequest(RouteMatch match, @Nullable Payload content) {
    return new MappedValues(match, content, Headers.empty(), null);
  }

  /**
   * The values for an answer.
   *
   * @param content the answer's, or null where no mapping takes a part of it
   */
  static MappedValues ofResponse(RouteMatch match, Headers headers, @Nullable Payload content) {
    return new MappedValues(match, null, headers, content);
  }

  /** A text, or null where it is one value that is missing; a piece that is missing is empty. */
  @Nullable String text(List<ParameterSource> pieces) {
    if (pieces.size() == 1) {
      return value(pieces.getFirst());
    }
    StringBuilder text = new StringBuilder();
    for (ParameterSource piece : pieces) {
      String value = value(piece);
      text.append(value == null ? "" : value);
    }
    return text.toString();
  }

  /** The same for a header: in octets, one a character. */
  @Nullable String headerText(List<ParameterSource> pieces) {
    StringBuilder text = new StringBuilder();
    for (ParameterSource piece : pieces) {
      String value = value(piece);
      if (value == null && pieces.size() == 1) {
        return null;
      }
      text.append(value == null ? "" : HeaderText.octets(piece, value));
    }
    return text.toString();
  }

  /** The value of a source, or null where it is missing. */
  @Nullable String value(ParameterSource source) {
    Invocation invocation = match.invocation();
    return switch (source) {
      case ParameterSource.Literal literal -> literal.text();
      case ParameterSource.PathVariable path -> match.pathParameters().get(path.name());
      case ParameterSource.RequestPath _ -> invocation.path().text();
      case ParameterSource.QueryString parameter -> joined(query.all(parameter.name()));
      case ParameterSource.RequestHeader header ->
          joined(invocation.request().headers().all(header.name()));
      case ParameterSource.StageVariable variable -> match.stage().variables().get(variable.name());
      case ParameterSource.Context context ->
          context.variable() == null ? null : ContextValues.text(context.variable(), invocation);
      case ParameterSource.Authorizer said -> ContextValues.text(said.variable(), invocation);
      case ParameterSource.RequestBody body ->
          request == null ? null : BodyExpressions.ofHttpRequest(body.path(), request, invocation);
      case ParameterSource.ResponseHeader header -> joined(response.all(header.name()));
      case ParameterSource.ResponseBody body ->
          answer == null ? null : BodyExpressions.ofHttpResponse(body.path(), answer, invocation);
    };
  }

  private static @Nullable String joined(List<String> values) {
    return values.isEmpty() ? null : String.join(",", values);
  }
}
