package io.portico.gateway.execute;

import io.portico.gateway.aws.RequestId;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.OpeningHandshake;
import io.portico.gateway.http.UnreadRequest;
import io.portico.gateway.snapshot.CloudFront;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.DomainNameSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.Refusal;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.StageSnapshot;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import io.portico.gateway.snapshot.websocket.WebSocketStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front door of the data plane: host and path to stage to release to pipeline. A request is
 * answered from one reading of the current snapshot.
 *
 * <p>AWS: who calls an API, a stage or a default endpoint that is not there learns only {@code
 * Forbidden}; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html.
 */
public final class DataPlane implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DataPlane.class);
  private static final Body FORBIDDEN = Body.of("{\"message\":\"Forbidden\"}");
  private static final Body NOT_FOUND = Body.of("{\"message\":\"Not Found\"}");

  private final CurrentSnapshot snapshot;
  private final Pipeline<StageSnapshot> rest;
  private final Pipeline<HttpStage> http;
  private final Pipeline<WebSocketStage> webSocket;
  private final RequestHeads heads;
  private final Predicate<String> kept;
  private final CanarySplit canaries;
  private final RefusedRequests refusals;

  /**
   * @param snapshot what is served
   * @param rest answers the calls of REST APIs
   * @param http answers those of HTTP APIs
   * @param webSocket answers those of WebSocket APIs
   * @param overruns is told of heads of requests that are taken though AWS would not
   * @param kept which hosts, in lower case, are nobody's custom domain name
   */
  public DataPlane(
      CurrentSnapshot snapshot,
      Pipeline<StageSnapshot> rest,
      Pipeline<HttpStage> http,
      Pipeline<WebSocketStage> webSocket,
      Overruns overruns,
      Predicate<String> kept) {
    this(snapshot, rest, http, webSocket, overruns, kept, CanarySplit.random());
  }

  /**
   * @param snapshot what is served
   * @param rest answers the calls of REST APIs
   * @param http answers those of HTTP APIs
   * @param webSocket answers those of WebSocket APIs
   * @param overruns is told of heads of requests that are taken though AWS would not
   * @param kept which hosts, in lower case, are nobody's custom domain name
   * @param canaries which calls go to a stage's canary
   */
  public DataPlane(
      CurrentSnapshot snapshot,
      Pipeline<StageSnapshot> rest,
      Pipeline<HttpStage> http,
      Pipeline<WebSocketStage> webSocket,
      Overruns overruns,
      Predicate<String> kept,
      CanarySplit canaries) {
    this(snapshot, rest, http, webSocket, overruns, kept, canaries, RefusedRequests.UNHEARD);
  }

  private DataPlane(
      CurrentSnapshot snapshot,
      Pipeline<StageSnapshot> rest,
      Pipeline<HttpStage> http,
      Pipeline<WebSocketStage> webSocket,
      Overruns overruns,
      Predicate<String> kept,
      CanarySplit canaries,
      RefusedRequests refusals) {
    this.snapshot = snapshot;
    this.rest = rest;
    this.http = http;
    this.webSocket = webSocket;
    this.heads = new RequestHeads(overruns);
    this.kept = kept;
    this.canaries = canaries;
    this.refusals = refusals;
  }

  /** This front door, which tells of the requests that reach no pipeline. */
  public DataPlane heardBy(RefusedRequests listener) {
    return new DataPlane(
        snapshot, rest, http, webSocket, heads.overruns(), kept, canaries, listener);
  }

  /** Whether a request of a shared port is a call of an API, known or not. */
  public boolean claims(HttpRequest request) {
    return ApiAddress.isCall(request)
        || CustomDomains.of(request, snapshot.get(), kept) != null
        || webSocket.claims(request);
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    GatewaySnapshot current = snapshot.get();
    DomainNameSnapshot domain =
        ApiAddress.isApiHost(request.host()) ? null : CustomDomains.of(request, current, kept);
    return domain == null ? byDefault(request, current) : byDomain(request, domain, current);
  }

  @Override
  public boolean mayUpgrade(HttpRequest request) {
    GatewaySnapshot current = snapshot.get();
    DomainNameSnapshot domain =
        ApiAddress.isApiHost(request.host()) ? null : CustomDomains.of(request, current, kept);
    ApiAddress address =
        domain == null ? ApiAddress.of(request) : CustomDomains.address(request, domain);
    return address != null
        && current.served(address.apiId(), address.stageName()) instanceof WebSocketStage;
  }

  @Override
  public void refused(UnreadRequest request) {
    refusals.unread(request);
  }

  private HttpResponse byDefault(HttpRequest request, GatewaySnapshot current) {
    ApiAddress address = ApiAddress.of(request);
    if (address == null) {
      return webSocket.claims(request)
          ? webSocket.answer(request, current)
          : refusals.heard(request, forbidden(), FaultCause.NO_API_ADDRESS, null);
    }
    GatewaySnapshot.ApiSnapshot api = current.apis().get(address.apiId());
    if (api == null) {
      return refusals.heard(request, forbidden(), FaultCause.UNKNOWN_API, address);
    }
    // AWS: by host the stage $default is served from the base alone; source: documented,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html.
    boolean named =
        !address.stageName().equals(HttpStage.DEFAULT) || !ApiAddress.isApiHost(request.host());
    ServedStage stage = named ? api.stages().get(address.stageName()) : null;
    if (stage == null) {
      ServedStage whole = api.stages().get(HttpStage.DEFAULT);
      if (whole != null) {
        return whole.defaultEndpointDisabled()
            ? refusals.heard(request, notFound(), FaultCause.DEFAULT_ENDPOINT_DISABLED, address)
            : answer(request, address.ofDefaultStage(), whole, current);
      }
      return refusals.heard(
          request,
          isHttp(api) ? notFound() : forbidden(current.cloudFront(address.apiId())),
          FaultCause.UNKNOWN_STAGE,
          address);
    }
    if (stage.defaultEndpointDisabled()) {
      return refusals.heard(
          request,
          stage instanceof HttpStage ? notFound() : forbidden(stage.cloudFront()),
          FaultCause.DEFAULT_ENDPOINT_DISABLED,
          address);
    }
    return answer(request, address, stage, current);
  }

  /**
   * AWS: a path that no base path mapping takes learns only {@code Forbidden}; source: reported by
   * users. The default endpoint may be disabled.
   */
  private HttpResponse byDomain(
      HttpRequest request, DomainNameSnapshot domain, GatewaySnapshot current) {
    Refusal refusal = domain.refusal();
    if (refusal != null) {
      LOG.debug(
          "a call by the custom domain name {} is refused: closed: {} is not enforced yet",
          domain.domainName(),
          refusal.setting());
      return refusals.heard(
          request, forbidden(domain.cloudFront()), FaultCause.DOMAIN_NAME_CLOSED, null);
    }
    ApiAddress address = CustomDomains.address(request, domain);
    ServedStage stage =
        address == null ? null : current.served(address.apiId(), address.stageName());
    return stage == null || address == null
        ? refusals.heard(
            request,
            forbidden(domain.cloudFront()),
            address == null ? FaultCause.NO_MAPPING : FaultCause.MAPPING_WITHOUT_STAGE,
            address)
        : answer(request, address, stage, current);
  }

  private HttpResponse answer(
      HttpRequest request, ApiAddress address, ServedStage stage, GatewaySnapshot current) {
    HttpResponse refusal = heads.refusal(request, stage);
    if (refusal != null) {
      return refusals.heard(
          request,
          refusal,
          refusal.status() == 431 ? FaultCause.HEADERS_TOO_LONG : FaultCause.URL_TOO_LONG,
          address);
    }
    if (request.opensWebSocket() && !(stage instanceof WebSocketStage)) {
      return refusals.heard(
          request,
          AnswerIds.added(OpeningHandshake.notHere(), stage),
          FaultCause.NO_WEBSOCKET_API,
          address);
    }
    return switch (stage) {
      case HttpStage ofHttp -> http.answer(request, address, ofHttp, current);
      case StageSnapshot ofRest -> {
        HttpResponse ofQuery = RequestHeads.refusalOfQuery(request);
        yield ofQuery == null
            ? rest.answer(request, address, canaries.release(ofRest), current)
            : refusals.heard(request, ofQuery, FaultCause.QUERY_CHARACTERS, address);
      }
      case WebSocketStage ofWebSocket -> webSocket.answer(request, address, ofWebSocket, current);
      default -> refusals.heard(request, forbidden(), FaultCause.UNKNOWN_STAGE, address);
    };
  }

  private static boolean isHttp(GatewaySnapshot.ApiSnapshot api) {
    return api.stages().values().stream().anyMatch(HttpStage.class::isInstance);
  }

  /**
   * AWS: what an HTTP API says of a stage that is not there, and of a default endpoint that is
   * disabled; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html and
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html.
   */
  private static HttpResponse notFound() {
    return new HttpResponse(
        404,
        Headers.of("Content-Type", "application/json", "Apigw-Requestid", RequestId.extended()),
        NOT_FOUND);
  }

  private static HttpResponse forbidden(@Nullable CloudFront cloudFront) {
    return cloudFront == null
        ? forbidden()
        : CloudFrontHeaders.added(forbidden(), cloudFront, RequestId.cloudFront());
  }

  private static HttpResponse forbidden() {
    return new HttpResponse(
        403,
        Headers.of(
            "Content-Type",
            "application/json",
            "x-amzn-RequestId",
            RequestId.random(),
            "x-amzn-ErrorType",
            "ForbiddenException",
            "x-amz-apigw-id",
            RequestId.extended()),
        FORBIDDEN);
  }
}
