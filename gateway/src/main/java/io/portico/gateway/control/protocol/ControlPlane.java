package io.portico.gateway.control.protocol;

import io.portico.gateway.aws.SignatureHeader;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * All of AWS's APIs that Portico speaks, on one port. A signed request says by its credential scope
 * which service it means; v1 and v2 share a name there and are told apart by path, as are requests
 * without a signature. An API of which nothing is built is there too, and says so for every
 * operation.
 */
public final class ControlPlane implements HttpHandler {
  /** Lambda's paths begin with the version of the API they belong to. */
  private static final Pattern LAMBDA_PATH = Pattern.compile("/20\\d\\d-\\d\\d-\\d\\d/.*");

  private static final Operations NONE = Operations.builder().build();

  private final Map<AwsApi, Operations> built;
  private final Map<AwsApi, RestJsonService> services = new ConcurrentHashMap<>();
  private final CallerResolver callers;

  /**
   * @param built the operations that are built, by API; one that is missing has none
   */
  public ControlPlane(Map<AwsApi, Operations> built, CallerResolver callers) {
    this.built = Map.copyOf(built);
    this.callers = callers;
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    return service(api(request)).handle(request);
  }

  /** Which API a request means. */
  static AwsApi api(HttpRequest request) {
    String signingName = SignatureHeader.serviceOf(request);
    String path = request.rawPath();
    if ("lambda".equals(signingName)) {
      return AwsApi.LAMBDA;
    }
    if ("execute-api".equals(signingName) || isManagement(path)) {
      return AwsApi.API_GATEWAY_MANAGEMENT;
    }
    if (path.equals("/v2") || path.startsWith("/v2/")) {
      return AwsApi.API_GATEWAY_V2;
    }
    if (signingName == null && LAMBDA_PATH.matcher(path).matches()) {
      return AwsApi.LAMBDA;
    }
    return AwsApi.API_GATEWAY;
  }

  private static boolean isManagement(String path) {
    return path.startsWith("/@connections")
        || path.regionMatches(true, 0, "/%40connections", 0, 15);
  }

  /** The table of an API is not read before it is asked for. */
  private RestJsonService service(AwsApi api) {
    return services.computeIfAbsent(
        api,
        asked ->
            new RestJsonService(ServiceModel.of(asked), built.getOrDefault(asked, NONE), callers));
  }

  /** Handlers use the store. */
  @Override
  public boolean isHeavy(HttpRequest request) {
    return true;
  }
}
