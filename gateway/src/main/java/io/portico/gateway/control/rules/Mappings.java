package io.portico.gateway.control.rules;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names and sources of parameter mappings, and the content types of templates, as AWS checks
 * them when they are stored.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html">Data
 *     mapping</a>
 */
public final class Mappings {
  // AWS: source: documented, https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html;
  // that those of several values are refused: reported,
  // https://github.com/DianaIonita/serverless-api-gateway-caching/issues/70.
  private static final Pattern REQUEST_PARAMETER =
      Pattern.compile("method\\.request\\.(?:path|querystring|header)\\.(\\S+)");

  /** What a parameter is mapped from: its last value, or all of a query string's or a header's. */
  private static final Pattern PARAMETER_SOURCE =
      Pattern.compile("method\\.request\\.(?:path|(?:multivalue)?(?:querystring|header))\\.\\S+");

  private static final String SEVERAL_VALUES = "method.request.multivalue";

  private static final Pattern PARAMETER_NAME = Pattern.compile("[a-zA-Z0-9:._$-]+");

  /**
   * AWS: headers and nothing else, several values of which a source brings; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethodResponse.html.
   */
  private static final Pattern RESPONSE_PARAMETER =
      Pattern.compile("method\\.response\\.header\\.\\S+");

  private static final Pattern INTEGRATION_PARAMETER =
      Pattern.compile("integration\\.request\\.(path|querystring|header)\\.\\S+");
  private static final Pattern GATEWAY_RESPONSE_PARAMETER =
      Pattern.compile("gatewayresponse\\.(path|querystring|header)\\.\\S+");

  // AWS: quotes within those around a text are part of it; source: reported,
  // https://github.com/DataBiosphere/azul/pull/6385.
  private static final Pattern COMMON_SOURCE =
      Pattern.compile("'.*'|context\\.\\S+|stageVariables\\.\\S+", Pattern.DOTALL);
  private static final Pattern REQUEST_SOURCE =
      Pattern.compile("method\\.request\\.body([.\\[].+)?", Pattern.DOTALL);
  private static final Pattern RESPONSE_SOURCE =
      Pattern.compile(
          "integration\\.response\\.(body([.\\[].+)?|(header|multivalueheader)\\.\\S+)",
          Pattern.DOTALL);
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("\\$default|[^\\s/;]+/[^\\s/;]+(\\s*;.*)?");

  private static final String INVALID = "Invalid mapping expression specified: ";

  private Mappings() {}

  /** Keys of a method's {@code requestParameters}. */
  // AWS: the text of names: reported by users, issue 2150 of API Platform; that it stands in the
  // same frame as those of other mappings is assumed.
  public static void checkRequestParameters(Collection<String> names) {
    for (String name : names) {
      check(REQUEST_PARAMETER, name);
      Matcher matcher = REQUEST_PARAMETER.matcher(name);
      if (matcher.matches() && !PARAMETER_NAME.matcher(matcher.group(1)).matches()) {
        throw ServiceException.badRequest(
            INVALID
                + result(
                    "Parameter name should match the following regular expression: ^"
                        + PARAMETER_NAME
                        + "$"));
      }
    }
  }

  /** Keys of a method response's {@code responseParameters}. */
  public static void checkResponseParameters(Collection<String> names) {
    names.forEach(name -> check(RESPONSE_PARAMETER, name));
  }

  /**
   * An integration's {@code requestParameters}.
   *
   * @param declared the method's {@code requestParameters}: what can be mapped from
   */
  public static void checkIntegrationParameters(
      Map<String, String> mappings, @Nullable Set<String> declared) {
    mappings.forEach(
        (target, source) -> {
          check(INTEGRATION_PARAMETER, target);
          if (PARAMETER_SOURCE.matcher(source).matches()) {
            checkSource(source, declared);
          } else if (!REQUEST_SOURCE.matcher(source).matches()) {
            check(COMMON_SOURCE, source);
          }
        });
  }

  /**
   * An integration response's {@code responseParameters}.
   *
   * @param declared the method response's {@code responseParameters}: what can be mapped to
   */
  public static void checkResponseMappings(
      Map<String, String> mappings, @Nullable Set<String> declared) {
    mappings.forEach(
        (target, source) -> {
          check(RESPONSE_PARAMETER, target);
          checkDeclared(target, declared);
          if (!RESPONSE_SOURCE.matcher(source).matches()) {
            check(COMMON_SOURCE, source);
          }
        });
  }

  /** The refusal of an integration response that maps where there is no method response. */
  // AWS: source: reported, issue 121 of the AWS API Gateway Importer. That it comes before what is
  // said of the mappings themselves is assumed.
  public static ServiceException noMethodResponse() {
    return ServiceException.badRequest(INVALID + result("No method response exists for method."));
  }

  /**
   * A gateway response's {@code responseParameters}. There may be neither a method nor a backend,
   * so that nothing is declared, and there is no body to map from.
   */
  // AWS: checked as other mappings are; source: issue 2879 of the AWS CLI, pull request 20274 of
  // the AWS CDK.
  public static void checkGatewayResponseParameters(Map<String, String> mappings) {
    mappings.forEach(
        (target, source) -> {
          check(GATEWAY_RESPONSE_PARAMETER, target);
          if (!PARAMETER_SOURCE.matcher(source).matches()) {
            check(COMMON_SOURCE, source);
          }
        });
  }

  /** Keys of templates. */
  // AWS: source: INT-13.
  public static void checkContentTypes(Collection<String> types) {
    for (String type : types) {
      if (!CONTENT_TYPE.matcher(type).matches()) {
        throw ServiceException.badRequest(result("Invalid content type specified: " + type));
      }
    }
  }

  // AWS: source: MTH-08.
  private static void check(Pattern pattern, String text) {
    if (!pattern.matcher(text).matches()) {
      throw ServiceException.badRequest(INVALID + result(INVALID + text));
    }
  }

  // AWS: one declaration is for the last value and for all; source: documented, the second example
  // of integration requests, see the class. What was declared before by the name of several values
  // still is.
  private static void checkSource(String source, @Nullable Set<String> declared) {
    if (source.startsWith(SEVERAL_VALUES)
        && declared != null
        && declared.contains("method.request." + source.substring(SEVERAL_VALUES.length()))) {
      return;
    }
    checkDeclared(source, declared);
  }

  // AWS: what a mapping names must be declared by the method; source: reported by users of AWS's
  // clients.
  private static void checkDeclared(String name, @Nullable Set<String> declared) {
    if (declared == null || !declared.contains(name)) {
      throw ServiceException.badRequest(
          INVALID + result("Invalid mapping expression parameter specified: " + name));
    }
  }

  private static String result(String error) {
    return "Validation Result: warnings : [], errors : " + List.of(error);
  }
}
