package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.EndpointReply;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.Overrides;
import io.portico.gateway.execute.authorizer.CacheInvalidation;
import io.portico.gateway.execute.cache.CacheKey;
import io.portico.gateway.execute.cache.CachedCall;
import io.portico.gateway.execute.cache.ResponseCache;
import io.portico.gateway.execute.integration.EndpointContent;
import io.portico.gateway.execute.mapping.Expressions;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.CacheCluster;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.ResponseCaching;
import java.util.ArrayList;
import java.util.List;

/**
 * The <b>cache</b>: the backend's answer is looked up instead of asked for. Between method request
 * and integration request.
 *
 * <p>AWS: kept is the answer of the endpoint; source: documented, see below. So integration and
 * method response are made for each request: its {@code $context}, its {@code Accept}, its headers.
 * An answer has any status; source: reported by users
 * (https://stackoverflow.com/questions/45883323/prevent-caching-of-non-200-responses-in-aws-api-gateway).
 * What it says itself of being cached ({@code Cache-Control}, {@code Vary}) counts for nothing;
 * source: reported by users (re:Post, "does api gateway honor cache control headers from
 * integration responses").
 *
 * <p>Faults: {@code ACCESS_DENIED} where an answer may not be made anew; what the backend's call
 * raises, which is kept for nobody.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html">API
 *     caching</a>
 */
final class CacheStage {
  /** AWS: source: documented, see the class. */
  private static final int MOST_BYTES = 1_048_576;

  /** AWS: source: reported by users. */
  private static final String WARNING =
      "199 Cache-control headers were ignored because the caller was unauthorized.";

  private final ResponseCache cache;
  private final CacheInvalidation invalidation;

  CacheStage(ResponseCache cache, CacheInvalidation invalidation) {
    this.cache = cache;
    this.invalidation = invalidation;
  }

  /** What stands behind the cache. */
  interface Backend {
    EndpointResponse call();

    HttpResponse answer(EndpointReply reply);
  }

  /** Answers a request from the cache if its method's answers are kept, else by the backend. */
  HttpResponse through(MethodRequest request, MethodMatch match, Caller caller, Backend backend) {
    CacheCluster cluster = match.stage().cacheCluster();
    ResponseCaching caching =
        cluster == null ? null : match.method().caching().get(request.httpMethod());
    if (cluster == null || caching == null) {
      return backend.answer(IntegrationResponseStage.read(backend.call(), match));
    }
    boolean anew = asksForANewOne(request);
    boolean ignored =
        anew && caching.authorizationRequired() && !invalidation.isAllowed(match, caller);
    if (ignored && caching.unauthorized() == ResponseCaching.Unauthorized.FAIL_WITH_403) {
      // AWS: 403 is documented, that it is this type is assumed.
      throw new GatewayFault(GatewayResponseType.ACCESS_DENIED, FaultCause.CACHE_INVALIDATION)
          .because("may not invalidate the cache");
    }
    CacheKey key = key(caching, cluster, request, match);
    match.invocation().observations().trail().cacheKey(key.parameters(), key.values());
    HttpResponse answer =
        cache.through(
            match.stage(),
            cluster,
            caching,
            key,
            anew && !ignored,
            new Call(match, caching, backend));
    return ignored
            && caching.unauthorized() == ResponseCaching.Unauthorized.SUCCEED_WITH_RESPONSE_HEADER
        ? warning(answer)
        : answer;
  }

  /** AWS: this directive and no other; source: documented, see the class. */
  private static boolean asksForANewOne(MethodRequest request) {
    Headers headers = request.parameters().headers();
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equalsIgnoreCase("Cache-Control")) {
        for (String directive : headers.value(i).split(",", -1)) {
          if (directive.strip().equalsIgnoreCase("max-age=0")) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static CacheKey key(
      ResponseCaching caching, CacheCluster cluster, MethodRequest request, MethodMatch match) {
    List<List<String>> values = List.of();
    if (!caching.keySources().isEmpty()) {
      values = new ArrayList<>(caching.keySources().size());
      for (ParameterSource source : caching.keySources()) {
        values.add(values(source, request, match));
      }
    }
    return new CacheKey(
        cluster.partition(),
        caching.integrationType(),
        caching.namespace(),
        request.httpMethod(),
        caching.keyParameters(),
        values);
  }

  /**
   * All values of a header or query parameter, though mappings that name it may take one: a backend
   * behind a proxy sees them all.
   */
  private static List<String> values(
      ParameterSource source, MethodRequest request, MethodMatch match) {
    return switch (source) {
      case ParameterSource.QueryString query -> request.parameters().query().all(query.name());
      case ParameterSource.RequestHeader header ->
          request.parameters().headers().all(header.name());
      default -> Expressions.ofRequest(source, request, match);
    };
  }

  private static HttpResponse warning(HttpResponse answer) {
    return new HttpResponse(
        answer.status(),
        answer.headers().toBuilder().add("Warning", WARNING).build(),
        answer.body(),
        answer.completion());
  }

  /** A request to a method whose answers are kept. */
  private static final class Call implements CachedCall<HttpResponse> {
    private final MethodMatch match;
    private final ResponseCaching caching;
    private final Backend backend;
    private boolean fetched;

    Call(MethodMatch match, ResponseCaching caching, Backend backend) {
      this.match = match;
      this.caching = caching;
      this.backend = backend;
    }

    @Override
    public Fetched fetch() {
      fetched = true;
      match.invocation().observations().cacheMissed();
      EndpointResponse response = whole(backend.call());
      boolean cacheable =
          isInMemory(response.body())
              && response.body().length() <= MOST_BYTES
              && !isForOneRequest(response.status())
              && !leavesMore(match.invocation().overrides());
      return new Fetched(IntegrationResponseStage.read(response, match), cacheable);
    }

    @Override
    public HttpResponse answer(EndpointReply reply) {
      if (!fetched) {
        match.invocation().observations().cacheHit();
      }
      return backend.answer(reply);
    }

    /**
     * Whether what the response is made of is not all in the answer: a request's template, which
     * does not run where the answer is kept, has set something for it. What AWS does is not
     * described.
     */
    private boolean leavesMore(Overrides overrides) {
      return overrides.setsResponse()
          || (caching.readsRequestOverrides() && overrides.setsRequest());
    }

    private static boolean isInMemory(Body body) {
      return body instanceof Body.Buffered || body instanceof Body.Empty;
    }

    /** In memory, unless it is known to be too long or turns out to be. */
    private static EndpointResponse whole(EndpointResponse response) {
      return response.body() instanceof Body.Streamed stream && stream.length() <= MOST_BYTES
          ? response.with(
              EndpointContent.received(() -> stream.gather(MOST_BYTES, response.deadlineNanos())))
          : response;
    }

    /**
     * Whether an answer is to conditions and ranges that a request has named: no key has them, and
     * whoever has not named them could not use it (RFC 9111, section 3.3). What AWS does is not
     * described.
     */
    private static boolean isForOneRequest(int status) {
      return switch (status) {
        case 206, 304, 412, 416 -> true;
        default -> false;
      };
    }
  }
}
