package io.portico.lambda.url;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.AwsPrincipal;
import io.portico.gateway.aws.RequestId;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.proxy.CorsPolicy;
import io.portico.gateway.proxy.MalformedReplyException;
import io.portico.gateway.proxy.ProxyEvent;
import io.portico.gateway.proxy.ProxyReply;
import io.portico.lambda.environment.ConcurrencyException;
import io.portico.lambda.environment.Environments;
import io.portico.lambda.environment.Event;
import io.portico.lambda.environment.Invoked;
import io.portico.lambda.environment.ResponseStream;
import io.portico.lambda.environment.TraceId;
import io.portico.lambda.snapshot.FunctionCatalog;
import io.portico.lambda.snapshot.FunctionSnapshot;
import io.portico.lambda.snapshot.FunctionUrl;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the calls of <b>function URLs</b>: who may call, the event, the invocation, the answer.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html">Invoking Lambda
 *     function URLs</a>
 */
public final class FunctionUrls implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionUrls.class);

  /** AWS: 6 MB, for the event as for the request; source: documented, Lambda quotas. */
  private static final int MOST_PAYLOAD = 6_291_456;

  private static final String REQUEST_ID = "x-amzn-RequestId";

  private final FunctionCatalog catalog;
  private final Function<FunctionUrl, FunctionSnapshot> functions;
  private final Environments environments;
  private final UrlAccess access;
  private final Clock clock;

  /**
   * @param functions what a call of a URL runs; refuses with a {@link ServiceException}
   * @param access says who may call
   */
  public FunctionUrls(
      FunctionCatalog catalog,
      Function<FunctionUrl, FunctionSnapshot> functions,
      Environments environments,
      UrlAccess access,
      Clock clock) {
    this.catalog = catalog;
    this.functions = functions;
    this.environments = environments;
    this.access = access;
    this.clock = clock;
  }

  /** Where no functions are run: every URL is one that is not there. */
  public static HttpHandler none() {
    return request -> {
      HttpResponse answer = UrlAnswers.notFound();
      return new HttpResponse(
          answer.status(),
          answer.headers().toBuilder().set(REQUEST_ID, RequestId.random()).build(),
          answer.body());
    };
  }

  /** Whether a request of a shared port is a call of a function URL, known or not. */
  public static boolean claims(HttpRequest request) {
    return UrlAddress.isCall(request);
  }

  /** Whether a host is that of a function URL: then the path of a request says nothing. */
  public static boolean isHost(String host) {
    return UrlAddress.isUrlHost(host);
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    String requestId = RequestId.random();
    UrlAddress address = UrlAddress.of(request);
    FunctionUrl url = address == null ? null : catalog.url(address.urlId());
    HttpResponse answer =
        address == null || url == null
            ? UrlAnswers.notFound()
            : answer(request, new Call(url, address, requestId));
    CorsPolicy cors = url == null ? null : url.cors();
    Headers headers =
        cors == null || CorsPolicy.isPreflight(request)
            ? answer.headers()
            : cors.applied(answer.headers(), request);
    return new HttpResponse(
        answer.status(),
        headers.toBuilder().set(REQUEST_ID, requestId).build(),
        answer.body(),
        answer.completion());
  }

  /** Looking a function up may use the store, and making an event of a long body takes a while. */
  @Override
  public boolean isHeavy(HttpRequest request) {
    return true;
  }

  /** A call of a URL that is there. */
  private record Call(FunctionUrl url, UrlAddress address, String requestId) {}

  private HttpResponse answer(HttpRequest request, Call call) {
    CorsPolicy cors = call.url.cors();
    if (cors != null && CorsPolicy.isPreflight(request)) {
      // AWS: the function is not asked, nor is a signature; source: documented, Cors. That it is a
      // 200 is inferred.
      return new HttpResponse(200, cors.preflight(request), Body.EMPTY);
    }
    ArrivedBody body = new ArrivedBody(request, MOST_PAYLOAD);
    try {
      return switch (access.admit(request, call.url, body)) {
        case Admission.Refused refused -> refused.answer();
        case Admission.Admitted admitted -> invoke(event(request, call, admitted, body), call);
      };
    } catch (BodyTooLargeException e) {
      return UrlAnswers.tooLarge();
    } catch (ServiceException e) {
      return UrlAnswers.refused(e);
    } catch (ConcurrencyException e) {
      return UrlAnswers.tooMany(e);
    } catch (MalformedReplyException e) {
      LOG.warn("{} returned no HTTP answer: {}", call.url.arn(), e.getMessage());
      return UrlAnswers.badGateway();
    } catch (InterruptedException e) {
      // The client has gone: nobody reads this.
      Thread.currentThread().interrupt();
      return UrlAnswers.badGateway();
    } catch (IOException e) {
      LOG.warn("{} cannot be called: {}", call.url.arn(), e.toString());
      return UrlAnswers.badGateway();
    }
  }

  private HttpResponse invoke(Event event, Call call)
      throws IOException, ConcurrencyException, MalformedReplyException, InterruptedException {
    FunctionSnapshot function = functions.apply(call.url);
    if (call.url.streams()) {
      return streamed(environments.stream(function, event));
    }
    Invoked invoked = environments.invoke(function, event);
    return invoked.failed()
        ? UrlAnswers.badGateway()
        : UrlAnswers.of(ProxyReply.parse(invoked.payload()));
  }

  private static HttpResponse streamed(ResponseStream stream)
      throws IOException, ConcurrencyException, InterruptedException {
    try {
      return StreamedAnswer.of(stream);
    } catch (InterruptedException e) {
      stream.abandon();
      throw e;
    }
  }

  private Event event(HttpRequest request, Call call, Admission.Admitted admitted, ArrivedBody body)
      throws BodyTooLargeException {
    FunctionUrl url = call.url;
    AccessKey caller = admitted.caller();
    // AWS: a trace goes on that the client is in; source: documented, X-Ray's tracing header.
    String given = request.headers().first("X-Amzn-Trace-Id");
    String root = TraceId.root(given);
    byte[] payload =
        Json.bytes(
            ProxyEvent.of(
                request,
                call.address.path(),
                UrlHeaders.of(request, root),
                body.read(),
                new ProxyEvent.Context(
                    // AWS: the function's account, but for a caller without a signature; source:
                    // documented, in examples of events.
                    caller == null ? "anonymous" : url.id().accountId(),
                    url.urlId(),
                    caller == null ? null : iamCaller(caller),
                    call.address.domainName(),
                    url.urlId(),
                    "$default",
                    "$default",
                    call.requestId,
                    clock.instant())));
    if (payload.length > MOST_PAYLOAD) {
      throw new BodyTooLargeException(MOST_PAYLOAD);
    }
    String trace = TraceId.continued(root, given);
    return new Event(call.requestId, url.arn(), payload, trace, null, false);
  }

  private static ProxyEvent.IamCaller iamCaller(AccessKey key) {
    AwsPrincipal principal = key.principal();
    return new ProxyEvent.IamCaller(
        key.credentials().accessKeyId(),
        principal.accountId(),
        principal.arn(),
        principal.userId());
  }
}
