package io.portico.gateway.compile;

import io.portico.gateway.compile.ParameterExpressions.InvalidExpressionException;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.IntegrationResponseRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.regex.BoundedPattern;
import io.portico.gateway.snapshot.ResponseMappings;
import io.portico.gateway.snapshot.ResponseMappings.ResponseMapping;
import io.portico.gateway.snapshot.ResponseMappings.Selectable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Compiles integration responses, in the order of their status codes. */
final class ResponseCompiler {
  private static final int NO_FLAGS = 0;

  private ResponseCompiler() {}

  static ResponseMappings compile(IntegrationRecord record, MethodRecord method)
      throws InvalidExpressionException, UnusableException {
    Map<String, IntegrationResponseRecord> configured = record.integrationResponses();
    if (configured == null || configured.isEmpty()) {
      return ResponseMappings.NONE;
    }
    List<Selectable> selectable = new ArrayList<>();
    ResponseMapping fallback = null;
    for (IntegrationResponseRecord response : configured.values()) {
      ResponseMapping mapping = mapping(response, method);
      String pattern = response.selectionPattern();
      // AWS: an empty pattern is none; source: recorded, facts SEL-01.
      if (pattern == null || pattern.isEmpty()) {
        fallback = fallback == null ? mapping : fallback;
      } else {
        selectable.add(new Selectable(pattern(pattern), mapping));
      }
    }
    return new ResponseMappings(List.copyOf(selectable), fallback);
  }

  private static ResponseMapping mapping(IntegrationResponseRecord response, MethodRecord method)
      throws InvalidExpressionException, UnusableException {
    return new ResponseMapping(
        status(response.statusCode()),
        method.methodResponses() != null
            && method.methodResponses().containsKey(response.statusCode()),
        ParameterExpressions.mappings(response.responseParameters(), "method.response."),
        Templates.compile(response.responseTemplates()),
        IntegrationCompiler.contentHandling(response.contentHandling()));
  }

  private static int status(@Nullable String configured) throws UnusableException {
    if (configured == null || !configured.matches("[1-5][0-9]{2}")) {
      throw new UnusableException("not a status: " + configured);
    }
    return Integer.parseInt(configured);
  }

  private static BoundedPattern pattern(String expression) throws UnusableException {
    try {
      // AWS: a dot takes no line break, so that ".+" is not for a message with one; source:
      // documented, https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html,
      // and reported by users, https://github.com/aws/aws-sdk-js/issues/2466.
      return BoundedPattern.compile(expression, NO_FLAGS);
    } catch (PatternSyntaxException e) {
      throw new UnusableException("not a selection pattern: " + expression);
    }
  }
}
