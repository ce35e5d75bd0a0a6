package io.portico.bench.peer;

import io.portico.bench.load.Call;
import io.portico.bench.load.Catalog;
import io.portico.bench.load.FirstAnswer;
import io.portico.bench.process.BenchFailure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A gateway that must keep strangers of the {@link Catalog} out, and log that it did; it is not
 * measured unless it does both.
 */
public record Guarded(Peer peer) implements Peer {
  private static final Pattern ANYTHING = Pattern.compile("(?s).*");
  private static final int FORBIDDEN = 403;

  @Override
  public String name() {
    return peer.name();
  }

  @Override
  public Optional<String> missing() {
    return peer.missing();
  }

  @Override
  public Running start(Workplace workplace, int backendPort) {
    Running gateway = peer.start(workplace, backendPort);
    try {
      prove(gateway);
      return gateway;
    } catch (BenchFailure e) {
      gateway.close();
      throw e;
    }
  }

  private static void prove(Running gateway) {
    List<Call> calls = Catalog.callsOfStrangers();
    calls.forEach(call -> FirstAnswer.check(gateway.target(), call, FORBIDDEN, ANYTHING));
    gateway
        .accessLog()
        .orElseThrow(() -> new BenchFailure(gateway.name() + " has no access log"))
        .take(calls.size());
  }
}
