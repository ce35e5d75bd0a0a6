package io.portico.lambda;

import io.portico.gateway.control.iam.IamEnvironment;
import io.portico.gateway.control.iam.IamOperations;
import io.portico.gateway.control.iam.KeyIds;
import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.CallerResolver;
import io.portico.gateway.control.protocol.ControlHosts;
import io.portico.gateway.control.protocol.ControlPlane;
import io.portico.gateway.control.sts.IssuedAccessKeys;
import io.portico.gateway.control.sts.ServiceSessions;
import io.portico.gateway.control.sts.SessionIdentities;
import io.portico.gateway.control.sts.StsEnvironment;
import io.portico.gateway.control.sts.StsOperations;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.logs.EventQuery;
import io.portico.gateway.logs.LogEvent;
import io.portico.gateway.logs.LogFolder;
import io.portico.gateway.logs.LogGroupId;
import io.portico.gateway.logs.LogStore;
import io.portico.gateway.store.RecordStore;
import io.portico.gateway.store.Records;
import io.portico.lambda.code.CodeLinks;
import io.portico.lambda.code.Trees;
import io.portico.lambda.control.LambdaHost;
import io.portico.lambda.environment.RuntimeListeners;
import io.portico.lambda.isolation.Isolation;
import io.portico.lambda.isolation.Namespaces;
import io.portico.lambda.url.FunctionUrls;
import io.portico.store.MemoryRecordStore;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.listener.ListenerConfig;
import io.portico.transport.loop.EventLoops;
import io.portico.transport.loop.LoopCarrier;
import io.portico.transport.wire.WireLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/** A Lambda host that is called over HTTP. */
public final class RunningHost implements AutoCloseable {
  /** A role that no function assumes. */
  public static final String ROLE = "arn:aws:iam::000000000000:role/function";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PATIENT_SECONDS = 20;
  private static final String FUNCTIONS = "/2015-03-31/functions";

  private final EventLoops loops = EventLoops.start(EventLoops.Config.best());
  private final HttpClient client = HttpClient.newHttpClient();
  private final Buckets buckets = new Buckets();
  private final Machine machine;
  private final boolean ownsMachine;
  private final LogStore logs;
  private final LambdaHost host;
  private final HttpListener listener;

  /** What lasts when a host ends: its records and its folder. */
  public static final class Machine implements AutoCloseable {
    private final RecordStore store = new MemoryRecordStore();
    private final Path folder;

    public Machine() {
      try {
        folder = Files.createTempDirectory("lambda-host-test-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What is stored. */
    public Records records() {
      return new Records(store);
    }

    @Override
    public void close() {
      store.close();
      try {
        Trees.delete(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** An answer. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Reply(int status, Map<String, List<String>> headers, byte[] body) {

    public JsonNode json() {
      return Json.parse(body);
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** A header's value; empty where it is missing. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .flatMap(entry -> entry.getValue().stream())
          .findFirst()
          .orElse("");
    }
  }

  /** One whose environments are at most so many a function, with no other limit. */
  public static RunningHost start(int mostEnvironments) {
    return start(Setup.of(mostEnvironments));
  }

  /** One on a machine of its own. */
  public static RunningHost start(Setup setup) {
    return start(new Machine(), true, setup, Isolation.NONE);
  }

  /** One on a machine that lasts longer. */
  public static RunningHost start(Machine machine, Setup setup) {
    return start(machine, false, setup, Isolation.NONE);
  }

  /** One whose functions are isolated by namespaces. */
  public static RunningHost isolated(int mostEnvironments) {
    Machine machine = new Machine();
    try {
      Isolation namespaces =
          Namespaces.probed(
              machine.folder.resolve("working/isolation"), machine.folder.resolve("data"));
      return start(machine, true, Setup.of(mostEnvironments), namespaces);
    } catch (IOException e) {
      machine.close();
      throw new UncheckedIOException(e);
    }
  }

  private static RunningHost start(
      Machine machine, boolean owned, Setup setup, Isolation isolation) {
    try {
      return new RunningHost(machine, owned, setup, isolation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RunningHost(Machine machine, boolean owned, Setup setup, Isolation isolation)
      throws IOException {
    this.machine = machine;
    this.ownsMachine = owned;
    logs =
        new LogStore(
            LogFolder.at(machine.folder.resolve("data/logs")),
            machine.records(),
            Clock.systemUTC());
    ServiceSessions sessions = new ServiceSessions(machine.records());
    KeyIds keyIds = new KeyIds(machine.records());
    host =
        LambdaHost.start(
            new LambdaHost.Config(
                machine.folder.resolve("data"),
                machine.folder.resolve("working"),
                setup.programs(),
                Map::of,
                System.getenv(),
                setup.limits(),
                setup.asynchronous(),
                sessions,
                buckets,
                true,
                setup.requiresRoles(),
                isolation,
                new LoopCarrier()),
            machine.records(),
            logs,
            this::open,
            setup.clock());
    HttpHandler controlPlane =
        new ControlPlane(
            Map.of(
                AwsApi.LAMBDA,
                host.operations(),
                AwsApi.IAM,
                IamOperations.of(new IamEnvironment(machine.records(), setup.clock(), keyIds)),
                AwsApi.STS,
                StsOperations.of(new StsEnvironment(machine.records(), sessions, setup.clock()))),
            new CallerResolver(
                "000000000000",
                "us-east-1",
                new ControlHosts(Set.of()),
                new IssuedAccessKeys(
                    machine.records(),
                    new SessionIdentities(machine.records(), sessions, new LoopCarrier()),
                    keyIds,
                    new LoopCarrier(),
                    setup.clock())));
    listener = listen(WireLimits.standard(), withUrlsAndDownloads(controlPlane));
  }

  private HttpHandler withUrlsAndDownloads(HttpHandler controlPlane) {
    return new HttpHandler() {
      @Override
      public boolean isHeavy(HttpRequest request) {
        return FunctionUrls.claims(request)
            || request.rawPath().startsWith(CodeLinks.PATH)
            || controlPlane.isHeavy(request);
      }

      @Override
      public HttpResponse handle(HttpRequest request) {
        if (FunctionUrls.claims(request)) {
          return host.urls().handle(request);
        }
        return (request.rawPath().startsWith(CodeLinks.PATH) ? host.downloads() : controlPlane)
            .handle(request);
      }
    };
  }

  private HttpListener listen(WireLimits limits, HttpHandler handler) throws IOException {
    ListenerConfig usual =
        ListenerConfig.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return HttpListener.start(
        loops,
        new ListenerConfig(
            usual.address(),
            limits,
            usual.headerTimeout(),
            usual.bodyTimeout(),
            usual.keepAliveTimeout(),
            usual.lingerTimeout(),
            usual.maxConnections(),
            usual.leastBodyRate(),
            usual.http2()),
        handler);
  }

  private RuntimeListeners.Listening open(HttpHandler handler) throws IOException {
    HttpListener open = listen(new WireLimits(16 * 1024, 2 * 1024 * 1024, 200), handler);
    return new RuntimeListeners.Listening() {
      @Override
      public String address() {
        return "127.0.0.1:" + open.address().getPort();
      }

      @Override
      public void close() {
        open.close();
      }
    };
  }

  /** Where it keeps code and logs. */
  public Path data() {
    return machine.folder.resolve("data");
  }

  /** Where its environments have their folders in place of {@code /tmp}. */
  public Path temporary() {
    return machine.folder.resolve("working/tmp");
  }

  /** What it gets code from that calls name by a bucket. */
  public Buckets buckets() {
    return buckets;
  }

  /** Where it answers. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** The port that it listens on. */
  public int port() {
    return listener.address().getPort();
  }

  private java.net.http.HttpRequest request(
      String method, String path, byte[] body, String... headers) {
    java.net.http.HttpRequest.Builder request =
        java.net.http.HttpRequest.newBuilder(URI.create(url() + path))
            .timeout(PATIENCE)
            .method(method, java.net.http.HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  /** Calls an operation, and returns when its answer begins. */
  public java.net.http.HttpResponse<InputStream> begin(
      String method, String path, byte[] body, String... headers) {
    try {
      return client.send(
          request(method, path, body, headers),
          java.net.http.HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Calls an operation. */
  public Reply call(String method, String path, byte[] body, String... headers) {
    try {
      java.net.http.HttpResponse<byte[]> response =
          client.send(
              request(method, path, body, headers),
              java.net.http.HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Calls an operation below {@code /2018-10-31/layers}. */
  public Reply layers(String method, String path, ObjectNode body) {
    return call(method, "/2018-10-31/layers" + path, Json.bytes(body));
  }

  /** The same without a body. */
  public Reply layers(String method, String path) {
    return call(method, "/2018-10-31/layers" + path, new byte[0]);
  }

  /** What PublishLayerVersion takes. */
  public static ObjectNode layer(byte[] zip) {
    ObjectNode publication = Json.object();
    publication.putObject("Content").put("ZipFile", Base64.getEncoder().encodeToString(zip));
    return publication;
  }

  /** Publishes a version of a layer; returns its ARN. */
  public String publish(String name, ObjectNode publication) {
    Reply reply = layers("POST", "/" + name + "/versions", publication);
    if (reply.status() != 201) {
      throw new AssertionError(reply.status() + " " + reply.text());
    }
    return reply.json().path("LayerVersionArn").asString();
  }

  /** Calls an operation below {@code /2015-03-31/functions}. */
  public Reply functions(String method, String path, ObjectNode body) {
    return call(method, FUNCTIONS + path, Json.bytes(body));
  }

  /** The same without a body. */
  public Reply functions(String method, String path) {
    return call(method, FUNCTIONS + path, new byte[0]);
  }

  /** What CreateFunction takes. */
  public static ObjectNode creation(String name, String runtime, String handler, byte[] zip) {
    ObjectNode creation =
        Json.object()
            .put("FunctionName", name)
            .put("Runtime", runtime)
            .put("Handler", handler)
            .put("Role", ROLE);
    creation.putObject("Code").put("ZipFile", Base64.getEncoder().encodeToString(zip));
    return creation;
  }

  /**
   * Creates a function and waits until it is active. It has more time than AWS gives where its
   * {@code Timeout} is not set, as this machine may be slow.
   */
  public void create(ObjectNode creation) {
    ObjectNode patient = creation.deepCopy();
    patient.putIfAbsent("Timeout", IntNode.valueOf(PATIENT_SECONDS));
    Reply reply = functions("POST", "", patient);
    if (reply.status() != 201) {
      throw new AssertionError(reply.status() + " " + reply.text());
    }
    awaitReady(creation.path("FunctionName").asString());
  }

  /** Waits until a function's last change is done. */
  public JsonNode awaitReady(String name) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode configuration = functions("GET", "/" + name + "/configuration").json();
      if (configuration.path("LastUpdateStatus").asString("").equals("Successful")) {
        return configuration;
      }
      LockSupport.parkNanos(2_000_000);
    }
    throw new AssertionError(name + " does not become ready");
  }

  /** Invokes a function. */
  public Reply invoke(String name, String event, String... headers) {
    return call(
        "POST",
        FUNCTIONS + "/" + name + "/invocations",
        event.getBytes(StandardCharsets.UTF_8),
        headers);
  }

  /** Invokes a function until it is not ended for its time, which may be short. */
  public Reply invokeInTime(String name, String event) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Reply reply = invoke(name, event);
    while (reply.text().contains("Sandbox.Timedout")) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(name + " never ends in time");
      }
      reply = invoke(name, event);
    }
    return reply;
  }

  /** All that a function has logged, in order. */
  public List<LogEvent> logs(String function) {
    return logsOf("/aws/lambda/" + function);
  }

  /** All that is in a log group, in order. */
  public List<LogEvent> logsOf(String group) {
    return logs.events(
            new LogGroupId("000000000000", "us-east-1", group),
            stream -> true,
            new EventQuery(true, null, 0, Long.MAX_VALUE, 10_000, message -> true))
        .events();
  }

  /** The log of an invocation that was asked for with {@code X-Amz-Log-Type: Tail}. */
  public static String tail(Reply reply) {
    return new String(
        Base64.getDecoder().decode(reply.header("X-Amz-Log-Result")), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    listener.close();
    host.close();
    logs.close();
    loops.close();
    client.shutdownNow();
    if (ownsMachine) {
      machine.close();
    }
  }
}
