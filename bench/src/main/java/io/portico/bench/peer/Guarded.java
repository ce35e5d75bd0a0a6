package io.portico.bench.peer;

import io.portico.bench.load.Call;
import io.portico.bench.load.Catalog;
import io.portico.bench.load.FirstAnswer;
import io.portico.bench.process.BenchFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A gateway that must keep strangers out; it is not measured unless it does.
 *
 * @param strangers their calls, each with the status that refuses it
 * @param logged whether it must log them, too
 */
public record Guarded(Map<Call, Integer> strangers, boolean logged, Peer peer) implements Peer {
  private static final Pattern ANYTHING = Pattern.compile("(?s).*");
  private static final int FORBIDDEN = 403;

  /** One before the {@link Catalog}, with an access log. */
  public static Guarded catalog(Peer peer) {
    List<Call> calls = Catalog.callsOfStrangers();
    return new Guarded(
        calls.stream().collect(Collectors.toMap(Function.identity(), call -> FORBIDDEN)),
        true,
        peer);
  }

  static Guarded by(Map<Call, Integer> strangers, Peer peer) {
    return new Guarded(strangers, false, peer);
  }

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

  private void prove(Running gateway) {
    strangers.forEach(
        (call, status) -> FirstAnswer.check(gateway.target(), call, status, ANYTHING));
    if (logged) {
      gateway
          .accessLog()
          .orElseThrow(() -> new BenchFailure(gateway.name() + " has no access log"))
          .take(strangers.size());
    }
  }
}
