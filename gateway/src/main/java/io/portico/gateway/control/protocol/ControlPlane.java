package io.portico.gateway.control.protocol;

import io.portico.gateway.aws.SignatureHeader;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.MediaType;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All of AWS's APIs that Portico speaks, on one port. A signed request says by its credential scope
 * which service it means; v1 and v2 share a name there and are told apart by path, as are requests
 * without a signature, unless {@code X-Amz-Target} or the version in a form says which API they
 * mean. An API of which nothing is built is there too, and says so for every operation, as is said
 * of services that Portico does not have.
 */
public final class ControlPlane implements HttpHandler {
  /** Lambda's paths begin with the version of the API they belong to. */
  private static final Pattern LAMBDA_PATH = Pattern.compile("/20\\d\\d-\\d\\d-\\d\\d/.*");

  /** The APIs of AWS JSON, by what a target of theirs begins with. */
  static final Map<String, AwsApi> TARGETS =
      Map.of(
          "Logs_20140328.",
          AwsApi.LOGS,
          "CertificateManager.",
          AwsApi.ACM,
          "GraniteServiceVersion20100801.",
          AwsApi.CLOUDWATCH);

  /** The APIs of the Query protocol, by the version that every request of theirs names. */
  static final Map<String, AwsApi> QUERY_VERSIONS =
      Map.of("2010-05-08", AwsApi.IAM, "2011-06-15", AwsApi.STS, "2010-08-01", AwsApi.CLOUDWATCH);

  private static final Set<String> SIGNING_NAMES =
      Stream.of(AwsApi.values()).map(AwsApi::signingName).collect(Collectors.toUnmodifiableSet());

  private static final Operations NONE = Operations.builder().build();

  private final Map<AwsApi, Operations> built;
  private final Map<AwsApi, AwsApiHandler> services = new ConcurrentHashMap<>();
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
    String signingName = SignatureHeader.serviceOf(request);
    if (signingName != null && !SIGNING_NAMES.contains(signingName)) {
      return missing(request, signingName);
    }
    return isUnsignedForm(request) ? handleForm(request) : service(api(request)).handle(request);
  }

  private HttpResponse missing(HttpRequest request, String signingName) {
    ServiceException refusal = MissingServices.refusal(signingName);
    try {
      callers.admit(request);
    } catch (ServiceException refused) {
      refusal = refused;
    }
    return MissingServices.refuse(request, signingName, refusal);
  }

  /** Which API a request means, as far as its head says. */
  static AwsApi api(HttpRequest request) {
    String signingName = SignatureHeader.serviceOf(request);
    String path = request.rawPath();
    AwsApi named = signingName == null ? unsigned(request) : signed(signingName);
    if (named != null) {
      return named;
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

  /** The API to which its signing name is all that is needed, or null. */
  private static @Nullable AwsApi signed(String signingName) {
    return switch (signingName) {
      case "lambda" -> AwsApi.LAMBDA;
      case "iam" -> AwsApi.IAM;
      case "sts" -> AwsApi.STS;
      case "logs" -> AwsApi.LOGS;
      case "acm" -> AwsApi.ACM;
      case "monitoring" -> AwsApi.CLOUDWATCH;
      default -> null;
    };
  }

  /** The API that an unsigned request names other than by its path, or null. */
  private static @Nullable AwsApi unsigned(HttpRequest request) {
    String target = request.headers().first(JsonProtocol.TARGET);
    if (target != null) {
      for (Map.Entry<String, AwsApi> api : TARGETS.entrySet()) {
        if (target.startsWith(api.getKey())) {
          return api.getValue();
        }
      }
    }
    String path = request.rawPath();
    if (path.equals("/")) {
      return ofForm(request.rawQuery());
    }
    String service = CborProtocol.service(path);
    return service == null ? null : TARGETS.get(service + ".");
  }

  /** The API that a form names, or null. */
  private static @Nullable AwsApi ofForm(@Nullable String form) {
    if (form == null || !form.contains(QueryProtocol.VERSION)) {
      return null;
    }
    String version;
    try {
      version = QueryParameters.parse(form).first(QueryProtocol.VERSION);
    } catch (ServiceException _) {
      return null;
    }
    return version == null ? null : QUERY_VERSIONS.get(version);
  }

  /** Calls of the Query protocol that need no signature on AWS either: the body names the API. */
  private static boolean isUnsignedForm(HttpRequest request) {
    String contentType = request.headers().first("Content-Type");
    return request.method().equals("POST")
        && request.rawPath().equals("/")
        && contentType != null
        && MediaType.of(contentType).equals("application/x-www-form-urlencoded")
        && SignatureHeader.serviceOf(request) == null;
  }

  private HttpResponse handleForm(HttpRequest request) {
    byte[] form;
    try {
      callers.admit(request);
      form = WireProtocol.body(request, AwsApi.STS, "requested");
    } catch (ServiceException refusal) {
      return service(AwsApi.STS).refuse(refusal);
    }
    AwsApi named = ofForm(QueryProtocol.text(form));
    return service(named == null ? api(request) : named).handle(withBody(request, form));
  }

  private static HttpRequest withBody(HttpRequest request, byte[] body) {
    return new HttpRequest(
        request.method(),
        request.target(),
        request.protocol(),
        request.headers(),
        Body.of(body),
        request.connection(),
        request.arrivalNanos());
  }

  private static boolean isManagement(String path) {
    return path.startsWith("/@connections")
        || path.regionMatches(true, 0, "/%40connections", 0, 15);
  }

  /** The table of an API is not read before it is asked for. */
  private AwsApiHandler service(AwsApi api) {
    return services.computeIfAbsent(
        api,
        asked ->
            new AwsApiHandler(ServiceModel.of(asked), built.getOrDefault(asked, NONE), callers));
  }

  /** Whose table has not been read yet, it is read for. */
  @Override
  public boolean isHeavy(HttpRequest request) {
    if (isUnsignedForm(request)) {
      return true;
    }
    AwsApiHandler known = services.get(api(request));
    return known == null || known.isHeavy(request);
  }
}
