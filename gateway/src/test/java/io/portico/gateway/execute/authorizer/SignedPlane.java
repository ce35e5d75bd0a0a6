package io.portico.gateway.execute.authorizer;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.AwsPrincipal;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.SigV4Signer;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Identities;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.Requester;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.NoHttpApis;
import io.portico.gateway.execute.NoWebSocketApis;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.rest.RestPipeline;
import io.portico.gateway.execute.rest.RuntimeState;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.jose.Signer;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.RoutingTree;
import io.portico.gateway.snapshot.StageSnapshot;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A gateway before a backend that answers, those who can sign their calls, and a user pool whose
 * tokens others can bring.
 */
final class SignedPlane implements Identities {
  static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  static final String HOST = CaseApi.ID + ".execute-api.us-east-1.localhost";
  static final String OWNER = "000000000000";
  static final String STRANGERS = "444455556666";
  static final String API = "arn:aws:execute-api:us-east-1:000000000000:abc1234567/prod";
  static final Credentials ROOT = new Credentials("AKIAROOT", "of the root", null);

  /** The issuer of the pool's tokens, and its ARN. */
  static final String POOL = "http://aws.test:4566/us-east-1_AbC123";

  static final String POOL_ARN =
      "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbC123";

  private static final Signer POOL_KEY = Signer.named("pool");

  /** An address that documentation may use (RFC 5737). */
  private static final byte[] CLIENT = {(byte) 192, 0, 2, 7};

  final List<UpstreamRequest> sent = new CopyOnWriteArrayList<>();

  /** Of the authorizer. */
  final List<UpstreamRequest> asked = new CopyOnWriteArrayList<>();

  /** When it is for the answers that are kept. */
  final AtomicLong nanos = new AtomicLong();

  /** The policy document that the authorizer answers. */
  String ofAuthorizer = "{}";

  /** What the authorizer's function does. */
  Upstream guard = request -> saying(ofAuthorizer);

  final LambdaAuthorizers lambdaAuthorizers;
  final Authorizers authorizers;
  final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final Map<String, AccessKey> keys = new HashMap<>();
  private final Map<String, IamIdentity> identities = new HashMap<>();
  private final DataPlane gateway;

  SignedPlane(CaseApi api) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Credentials own = new Credentials("test", "test", null);
    LambdaInvoke lambda = new LambdaInvoke(this::answered, own, clock);
    UserPoolAuthorizers userPools = new UserPoolAuthorizers(this::answered, clock);
    this.lambdaAuthorizers = new LambdaAuthorizers(lambda, lambda.signing(), snapshot, nanos::get);
    this.authorizers = new Authorizers(lambdaAuthorizers, userPools, this, clock);
    RuntimeState fresh = RuntimeState.fresh(lambda, userPools);
    serve(api);
    this.gateway =
        new DataPlane(
            snapshot,
            new RestPipeline(
                new Invocations(clock, Carrier.UNSHARED, Overruns.UNTOLD),
                new RuntimeState(authorizers, new Throttles(), fresh.usage(), fresh.cache(), null),
                new Integrations(this::answered, own, clock),
                new Telemetry(List.of())),
            NoHttpApis.PIPELINE,
            NoWebSocketApis.PIPELINE,
            Overruns.UNTOLD,
            host -> false);
    add(ROOT, IamIdentity.root(OWNER), "arn:aws:iam::" + OWNER + ":root", Instant.MAX);
  }

  /** From now on it is this. */
  void serve(CaseApi api) {
    snapshot.update(current -> api.served());
  }

  /** What the function of an authorizer answers. */
  static UpstreamResponse saying(String policy) {
    return new UpstreamResponse(
        200,
        Headers.empty(),
        Body.of("{\"principalId\": \"me\", \"policyDocument\": " + policy + "}"));
  }

  private UpstreamResponse answered(UpstreamRequest request) throws UpstreamException {
    if (request.target().contains("/functions/")) {
      asked.add(request);
      return guard.send(request);
    }
    if (request.target().endsWith("/.well-known/jwks.json")) {
      return new UpstreamResponse(200, Headers.empty(), Body.of(Signer.keySet(POOL_KEY)));
    }
    sent.add(request);
    return new UpstreamResponse(200, Headers.empty(), Body.EMPTY);
  }

  /** The claims of an identity token of the pool. */
  static ObjectNode identity() {
    return Json.object()
        .put("iss", POOL)
        .put("sub", "6f1e")
        .put("aud", "client7")
        .put("token_use", "id")
        .put("iat", NOW.getEpochSecond())
        .put("exp", NOW.getEpochSecond() + 3600);
  }

  /** A call with a token of the pool. */
  static HttpRequest bearing(ObjectNode claims, String path, Headers others) {
    return request(
        "GET",
        path,
        others.toBuilder().add("Authorization", POOL_KEY.token(Json.text(claims))).build(),
        "");
  }

  private void add(Credentials credentials, IamIdentity identity, String arn, Instant expiration) {
    String account = identity.requester().accountId();
    keys.put(
        credentials.accessKeyId(),
        new AccessKey(
            credentials,
            new AwsPrincipal(account, arn, "id-of-" + credentials.accessKeyId()),
            expiration));
    identities.put(credentials.accessKeyId(), identity);
  }

  /** A user of an account with policies of his own. */
  Credentials user(String account, String name, String... policies) {
    String arn = "arn:aws:iam::" + account + ":user/" + name;
    Credentials credentials = new Credentials("AKIA" + name, "of " + name, null);
    List<Policy> own = new ArrayList<>();
    for (String policy : policies) {
      own.add(Policy.ofIdentity(policy));
    }
    add(
        credentials,
        new IamIdentity(new Requester.Signed(account, false, Set.of(arn)), arn, own, List.of()),
        arn,
        Instant.MAX);
    return credentials;
  }

  /** Another account itself. */
  Credentials root(String account) {
    Credentials credentials = new Credentials("AKIA" + account, "of " + account, null);
    add(credentials, IamIdentity.root(account), "arn:aws:iam::" + account + ":root", Instant.MAX);
    return credentials;
  }

  /** The owner's root for a while. */
  Credentials session(String name, Instant expiration) {
    Credentials credentials = new Credentials("ASIA" + name, "of " + name, "token of " + name);
    add(credentials, IamIdentity.root(OWNER), "arn:aws:iam::" + OWNER + ":root", expiration);
    return credentials;
  }

  @Override
  public @Nullable AccessKey find(String accessKeyId) {
    return keys.get(accessKeyId);
  }

  @Override
  public IamIdentity identify(AccessKey key) {
    return Objects.requireNonNull(identities.get(key.credentials().accessKeyId()));
  }

  /** A policy of statements: members as JSON has them, without braces. */
  static String policy(String... statements) {
    List<String> all = new ArrayList<>();
    for (String statement : statements) {
      all.add("{" + statement + "}");
    }
    return "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(", ", all) + "]}";
  }

  static String may(String effect, String resource) {
    return policy(
        "\"Effect\": \"%s\", \"Action\": \"execute-api:Invoke\", \"Resource\": \"%s\""
            .formatted(effect, resource));
  }

  /** A request to the stage that nobody has signed; {@code path} comes behind the stage. */
  static HttpRequest request(String method, String path, Headers headers, String body) {
    return onTheWire(
        method, "/" + CaseApi.STAGE + path, headers.toBuilder().add("Host", HOST).build(), body);
  }

  static HttpRequest onTheWire(String method, String target, Headers headers, String body) {
    try {
      return new HttpRequest(
          method,
          target,
          "HTTP/1.1",
          headers,
          Body.of(body),
          new ClientConnection(
              new InetSocketAddress(InetAddress.getByAddress(CLIENT), 50_000),
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 4566),
              null),
          System.nanoTime());
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  static HttpRequest signed(Credentials credentials, String method, String path) {
    return signed(credentials, request(method, path, Headers.empty(), ""), "", NOW);
  }

  static HttpRequest signed(
      Credentials credentials, HttpRequest request, String body, Instant time) {
    return signed(credentials, request, body, time, "us-east-1", "execute-api");
  }

  static HttpRequest signed(
      Credentials credentials,
      HttpRequest request,
      String body,
      Instant time,
      String region,
      String service) {
    return onTheWire(
        request.method(),
        request.target(),
        new SigV4Signer(credentials, region, service)
            .sign(
                request.method(),
                request.target(),
                request.headers(),
                body.getBytes(StandardCharsets.UTF_8),
                time),
        body);
  }

  /** The status, the error's type and the body of an answer. */
  record Answer(int status, @Nullable String errorType, String body) {}

  Answer answer(HttpRequest request) {
    HttpResponse response = gateway.handle(request);
    return new Answer(
        response.status(), response.headers().first("x-amzn-ErrorType"), text(response.body()));
  }

  static String text(Body body) {
    return body instanceof Body.Buffered buffered
        ? new String(buffered.bytes(), StandardCharsets.UTF_8)
        : "";
  }

  /** The method that a request reaches, whoever calls it; by a path without variables. */
  static MethodMatch match(CaseApi api, HttpRequest request) {
    GatewaySnapshot served = api.served();
    StageSnapshot stage = Objects.requireNonNull(served.stage(CaseApi.ID, CaseApi.STAGE));
    ApiAddress address = Objects.requireNonNull(ApiAddress.of(request));
    RoutingTree.Node node =
        Objects.requireNonNull(
            stage.routes().root().children().get(address.afterStage().substring(1)));
    return new MethodMatch(
        new Invocations(Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD)
            .begin(request, address, stage, served),
        stage,
        Objects.requireNonNull(node.methods().get(request.method())),
        Map.of());
  }
}
