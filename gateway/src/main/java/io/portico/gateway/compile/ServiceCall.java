package io.portico.gateway.compile;

import io.portico.gateway.aws.AwsService;
import io.portico.gateway.aws.AwsService.JsonProtocol;
import io.portico.gateway.aws.AwsService.Protocol;
import io.portico.gateway.snapshot.AwsAction;
import io.portico.gateway.snapshot.AwsEndpoint;
import io.portico.gateway.snapshot.UriTemplate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The call that an integration with an AWS service makes.
 *
 * <p>AWS: {@code action/Name&a=b} is the query string {@code Action=Name&a=b}; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html. A service whose
 * protocol is JSON answers that at AWS alone, so Portico calls it in its protocol.
 *
 * @param path begins with a slash
 * @param query the parameters of the call, {@code Action} included unless {@code action} says it
 * @param action what is called of a service that speaks JSON, or null
 * @param accept what is accepted unless a mapping says
 */
record ServiceCall(
    AwsEndpoint endpoint,
    UriTemplate path,
    UriTemplate query,
    @Nullable AwsAction action,
    String accept) {
  private static final String JSON = "application/json";

  /** An emulator that has XML only answers an error where XML is not accepted at all. */
  private static final String JSON_RATHER = JSON + ", */*;q=0.1";

  private static final Pattern ACTION = Pattern.compile("([A-Za-z0-9_]{1,128})(?:[&?](.*))?");
  private static final Pattern VERSION = Pattern.compile("(?:^|&)Version=");

  static ServiceCall of(AwsServiceUri uri, ServiceEndpoints endpoints) throws UnusableException {
    if (uri.service().name().equals("lambda") && uri.rest().contains("invocations")) {
      throw new UnusableException(
          "a Lambda function is named by its ARN: path/2015-03-31/functions/{ARN}/invocations");
    }
    ServiceEndpoints.Place place = endpoints.of(uri);
    return uri.action() ? action(uri, place) : path(uri, place);
  }

  /** AWS: slashes in front count as one; source: recorded for Lambda, facts INT-07. */
  private static ServiceCall path(AwsServiceUri uri, ServiceEndpoints.Place place) {
    String[] parts = uri.rest().split("\\?", 2);
    String path = parts[0].replaceFirst("^/+", "");
    return new ServiceCall(
        place.endpoint(),
        BackendAddress.template(place.prefix() + "/" + path),
        BackendAddress.template(parts.length > 1 ? parts[1] : ""),
        null,
        accept(uri, place));
  }

  private static ServiceCall action(AwsServiceUri uri, ServiceEndpoints.Place place)
      throws UnusableException {
    Matcher action = ACTION.matcher(uri.rest());
    if (!action.matches()) {
      throw new UnusableException("not an action of an AWS service: " + uri.rest());
    }
    String name = action.group(1);
    String parameters = action.group(2) == null ? "" : action.group(2);
    JsonProtocol json = uri.service().json();
    return new ServiceCall(
        place.endpoint(),
        BackendAddress.template(place.prefix() + "/"),
        BackendAddress.template(json == null ? query(uri.service(), name, parameters) : parameters),
        json == null ? null : new AwsAction(name, json),
        accept(uri, place));
  }

  /** AWS: JSON; source: recorded, facts REQ-16. */
  private static String accept(AwsServiceUri uri, ServiceEndpoints.Place place) {
    return place.configured() && uri.service().protocol() == Protocol.QUERY ? JSON_RATHER : JSON;
  }

  private static String query(AwsService service, String action, String parameters) {
    StringBuilder query = new StringBuilder("Action=").append(action);
    if (service.protocol() == Protocol.QUERY && !VERSION.matcher(parameters).find()) {
      query.append("&Version=").append(service.version());
    }
    return parameters.isEmpty()
        ? query.toString()
        : query.append('&').append(parameters).toString();
  }
}
