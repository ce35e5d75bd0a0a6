package io.portico.bench;

import io.portico.bench.load.Requests;
import io.portico.bench.load.Transfers;
import io.portico.bench.peer.Haproxy;
import io.portico.bench.peer.Nginx;
import io.portico.bench.peer.PorticoServer;
import java.util.List;
import java.util.Map;

/** What is compared, in the order of {@code docs/performance.md}. */
final class Comparisons {
  private static final int MEGABYTE = 1024 * 1024;
  private static final Map<String, String> UNLIMITED = Map.of("PORTICO_PAYLOAD_LIMIT", "0");

  private Comparisons() {}

  static List<Comparison> all() {
    return List.of(
        passThrough(),
        transfer("download-1mb", Transfers.down(MEGABYTE, 16)),
        transfer("upload-1mb", Transfers.up(MEGABYTE, 16)),
        transfer("download-100mb", Transfers.down(100 * MEGABYTE, 4)),
        transfer("upload-100mb", Transfers.up(100 * MEGABYTE, 4)));
  }

  /** What a gateway costs that adds nothing. */
  private static Comparison passThrough() {
    return new Comparison(
        "pass-through",
        "nginx",
        List.of(
            new PorticoServer("Portico", "portico.json", "/item", Map.of()),
            new Nginx("nginx", "nginx.conf", "/item"),
            new Haproxy()),
        new Requests(64),
        6,
        12);
  }

  /** Bodies that stream through, and nginx's defaults, which gather them first. */
  private static Comparison transfer(String name, Transfers transfers) {
    return new Comparison(
        name,
        "nginx",
        List.of(
            new PorticoServer("Portico", "portico-transfer.json", transfers.path(), UNLIMITED),
            new Nginx("nginx", "nginx-streaming.conf", transfers.path()),
            new Nginx("nginx, gathering", "nginx-gathering.conf", transfers.path())),
        transfers,
        2,
        6);
  }
}
