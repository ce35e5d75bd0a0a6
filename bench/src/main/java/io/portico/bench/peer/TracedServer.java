package io.portico.bench.peer;

import io.portico.bench.load.Call;
import io.portico.bench.load.FirstAnswer;
import io.portico.bench.load.RawBackend;
import io.portico.bench.process.BenchFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The packaged Portico server before an API with tracing, which samples calls as it comes: one in
 * each second, and 5 % of those beyond. It is proven that segments arrive.
 *
 * @param path of a call that the backend answers
 */
public record TracedServer(String name, Api api, String path) implements Peer {
  private static final String TRACE = "1-67f4a3b1-0123456789abcdef01234567";
  private static final int OK = 200;

  @Override
  public Optional<String> missing() {
    return new PorticoProgram().missing();
  }

  @Override
  public Running start(Workplace workplace, int backendPort) {
    SilentDaemon daemon = SilentDaemon.open();
    Peer server =
        new PorticoServer(
            name,
            new AdjustedApi(api, "portico-tracing.json", false),
            Map.of("PORTICO_TRACING_XRAY_DAEMON", daemon.address()));
    try {
      Running gateway = server.start(workplace, backendPort).tracedBy(daemon);
      prove(gateway, daemon);
      return gateway;
    } catch (BenchFailure e) {
      daemon.close();
      throw e;
    }
  }

  private void prove(Running gateway, SilentDaemon daemon) {
    Call call = new Call(path, List.of("X-Amzn-Trace-Id: Root=" + TRACE + ";Sampled=1"));
    try {
      FirstAnswer.check(gateway.target(), call, OK, RawBackend.ANSWER);
      daemon.awaitSegment(TRACE);
    } catch (BenchFailure e) {
      gateway.close();
      throw e;
    }
  }
}
