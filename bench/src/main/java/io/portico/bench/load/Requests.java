package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Cores;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Small requests over HTTP/1.1, as fast as they are answered.
 *
 * @param calls sent in turns
 * @param answer what the body of the first call's answer must match
 */
public record Requests(int connections, Scheme scheme, List<Call> calls, Pattern answer)
    implements Traffic {

  /** In the clear, for the backend's answer of 1 KB. */
  public static Requests of(int connections, String path) {
    return new Requests(connections, Scheme.HTTP, List.of(Call.of(path)), RawBackend.ANSWER);
  }

  /** The same over TLS. */
  public Requests encrypted() {
    return new Requests(connections, Scheme.HTTPS, calls, answer);
  }

  @Override
  public Class<?> backend() {
    return RawBackend.class;
  }

  @Override
  public String words() {
    return connections
        + " keep-alive connections"
        + (scheme == Scheme.HTTPS ? " of " + Tls.VERSION + " with " + Tls.SUITE : "");
  }

  @Override
  public Load load(Cores cores, Path folder) {
    return Wrk.installed(cores, folder, calls)
        .orElseGet(
            () -> {
              if (scheme == Scheme.HTTPS) {
                throw new BenchFailure("wrk is not installed, and nothing else here speaks HTTPS");
              }
              return OwnLoad.requests(cores, folder, calls);
            });
  }

  /** What sends the same calls one at a time; in the clear only. */
  public SerialLoad serial(Cores cores, Path folder) {
    return new SerialLoad(cores, folder, calls);
  }

  /** What sends the same calls at a rate that is given; in the clear only. */
  public PacedLoad paced(Cores cores, Path folder) {
    return new PacedLoad(cores, folder, calls);
  }

  @Override
  public void check(Target target) {
    FirstAnswer.check(target, calls.getFirst(), 200, answer);
  }
}
