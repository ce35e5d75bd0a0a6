package io.portico.bench;

import io.portico.bench.load.Call;
import io.portico.bench.load.Catalog;
import io.portico.bench.load.RawBackend;
import io.portico.bench.load.Requests;
import io.portico.bench.load.Scheme;
import io.portico.bench.load.Streams;
import io.portico.bench.load.Traffic;
import io.portico.bench.load.Transfers;
import io.portico.bench.peer.AdjustedApi;
import io.portico.bench.peer.CatalogApi;
import io.portico.bench.peer.CrowdedApi;
import io.portico.bench.peer.Guarded;
import io.portico.bench.peer.Haproxy;
import io.portico.bench.peer.HttpApi;
import io.portico.bench.peer.ImportedApi;
import io.portico.bench.peer.Nginx;
import io.portico.bench.peer.Peer;
import io.portico.bench.peer.PorticoServer;
import io.portico.bench.peer.ProtectedServer;
import io.portico.bench.peer.SpringCloudGateway;
import io.portico.bench.peer.TracedServer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What is compared, in the order of {@code docs/performance.md}. */
final class Comparisons {
  private static final String NGINX = "nginx";
  private static final int CONNECTIONS = 64;
  private static final int WARM_UP = 6;
  private static final int ROUNDS = 12;
  private static final int MEGABYTE = 1024 * 1024;
  private static final Map<String, String> UNLIMITED =
      Map.of("PORTICO_QUOTAS_OF", "payload-size=off");
  private static final Requests ITEMS = Requests.of(CONNECTIONS, "/item");
  private static final ImportedApi PASS_THROUGH = ImportedApi.regional("portico.json");

  private Comparisons() {}

  /** Of what gateways cost at full load. */
  static List<Comparison<?>> all() {
    return List.of(
        passThrough(),
        httpApi(),
        features(),
        protection(),
        accessLog(),
        tracing(),
        edge(),
        tls(),
        http2(),
        mock(),
        crowd(),
        spring(),
        transfer("download-1mb", Transfers.down(MEGABYTE, 16)),
        transfer("upload-1mb", Transfers.up(MEGABYTE, 16)),
        transfer("download-100mb", Transfers.down(100 * MEGABYTE, 4)),
        transfer("upload-100mb", Transfers.up(100 * MEGABYTE, 4)));
  }

  /** Of how much later answers come. */
  static Comparison<Requests> latency() {
    return besideNginx("latency", List.of(new PorticoServer(PASS_THROUGH), nginx()), ITEMS);
  }

  /** What a gateway costs that adds nothing. */
  private static Comparison<Requests> passThrough() {
    return besideNginx(
        "pass-through", List.of(new PorticoServer(PASS_THROUGH), nginx(), new Haproxy()), ITEMS);
  }

  /** The same by an HTTP API. */
  private static Comparison<Requests> httpApi() {
    return besideNginx("http-api", List.of(new PorticoServer(new HttpApi()), nginx()), ITEMS);
  }

  /** What users have on: keys, plans, metrics, a log; beside nginx with as much, and with none. */
  private static Comparison<Requests> features() {
    Peer equal = new Nginx(NGINX, "features/nginx.conf", Scheme.HTTP, CatalogApi::nginxPlaces);
    return new Comparison<>(
        "features",
        List.of(NGINX, "plain nginx"),
        List.of(
            Guarded.catalog(new PorticoServer(new CatalogApi())),
            Guarded.catalog(equal),
            new Nginx("plain nginx", "nginx.conf")),
        new Requests(CONNECTIONS, Scheme.HTTP, Catalog.calls(), RawBackend.ANSWER),
        WARM_UP,
        ROUNDS);
  }

  /** What it costs to keep strangers out: the same calls, which an open API passes on as well. */
  private static Comparison<Requests> protection() {
    String open = "Portico, open";
    return new Comparison<>(
        "protected",
        List.of(open),
        List.of(new PorticoServer(open, PASS_THROUGH), new ProtectedServer("Portico, protected")),
        ProtectedServer.calls(CONNECTIONS),
        WARM_UP,
        ROUNDS);
  }

  /** What a line of an access log costs each call. */
  private static Comparison<Requests> accessLog() {
    String without = "Portico, no log";
    return new Comparison<>(
        "access-log",
        List.of(without),
        List.of(
            new PorticoServer(without, PASS_THROUGH),
            new PorticoServer(
                "Portico, access log",
                new AdjustedApi(PASS_THROUGH, "portico-access-log.json", true))),
        ITEMS,
        WARM_UP,
        ROUNDS);
  }

  /** What it costs that 5 % of the calls are traced. */
  private static Comparison<Requests> tracing() {
    String without = "Portico, no tracing";
    return new Comparison<>(
        "tracing",
        List.of(without),
        List.of(
            new PorticoServer(without, PASS_THROUGH),
            new TracedServer("Portico, tracing", PASS_THROUGH, "/item")),
        ITEMS,
        WARM_UP,
        ROUNDS);
  }

  /** What the headers of the CDN cost that stands before edge-optimised APIs. */
  private static Comparison<Requests> edge() {
    ImportedApi api = new ImportedApi("portico.json", ImportedApi.Endpoint.EDGE);
    return besideNginx("edge", List.of(new PorticoServer(api), nginx()), ITEMS);
  }

  private static Comparison<Requests> tls() {
    return besideNginx("tls", encrypted("nginx-tls.conf"), ITEMS.encrypted());
  }

  private static Comparison<Streams> http2() {
    return besideNginx("http2", encrypted("nginx-http2.conf"), new Streams(4, 64, "/item"));
  }

  /** Answers without a backend, by a template for each direction. */
  private static Comparison<Requests> mock() {
    Pattern answer =
        Pattern.compile(
            "\\{\"id\": \"42\", \"stage\": \"bench\", \"request\": \"[0-9a-f-]{36}\"\\}");
    return new Comparison<>(
        "mock",
        List.of(),
        List.of(new PorticoServer(ImportedApi.regional("portico-mock.json"))),
        new Requests(CONNECTIONS, Scheme.HTTP, List.of(Call.of("/items/42")), answer),
        WARM_UP,
        ROUNDS);
  }

  /** What it costs a call that the server has 10,000 APIs instead of the one that is called. */
  private static Comparison<Requests> crowd() {
    String alone = "Portico, one API";
    return new Comparison<>(
        "crowd",
        List.of(alone),
        List.of(
            new PorticoServer(alone, PASS_THROUGH),
            new PorticoServer("Portico, 10,000 APIs", new CrowdedApi(PASS_THROUGH, 9_999))),
        ITEMS,
        WARM_UP,
        ROUNDS);
  }

  /** With a longer warm-up: after half a minute of load Spring still becomes faster. */
  private static Comparison<Requests> spring() {
    SpringCloudGateway spring = new SpringCloudGateway();
    return new Comparison<>(
        "spring",
        List.of(spring.name()),
        List.of(new PorticoServer(PASS_THROUGH), spring),
        ITEMS,
        2 * WARM_UP,
        ROUNDS);
  }

  /** Bodies that stream through, and nginx's defaults, which gather them first. */
  private static Comparison<Transfers> transfer(String name, Transfers transfers) {
    return new Comparison<>(
        name,
        List.of(NGINX),
        List.of(
            new PorticoServer(
                ImportedApi.regional("portico-transfer.json"), Scheme.HTTP, UNLIMITED),
            new Nginx(NGINX, "nginx-streaming.conf"),
            new Nginx("nginx, gathering", "nginx-gathering.conf")),
        transfers,
        2,
        6);
  }

  private static <T extends Traffic> Comparison<T> besideNginx(
      String name, List<Peer> gateways, T traffic) {
    return new Comparison<>(name, List.of(NGINX), gateways, traffic, WARM_UP, ROUNDS);
  }

  private static List<Peer> encrypted(String configuration) {
    return List.of(
        new PorticoServer(PASS_THROUGH, Scheme.HTTPS, Map.of()),
        new Nginx(NGINX, configuration, Scheme.HTTPS, workplace -> Map.of()));
  }

  private static Peer nginx() {
    return new Nginx(NGINX, "nginx.conf");
  }
}
