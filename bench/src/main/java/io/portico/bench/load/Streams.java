package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import io.portico.bench.process.Cores;
import java.nio.file.Path;

/**
 * Small requests and answers of 1 KB over HTTP/2 and TLS, as fast as they are answered.
 *
 * @param streams at once on each connection
 */
public record Streams(int connections, int streams, String path) implements Traffic {

  @Override
  public Class<?> backend() {
    return RawBackend.class;
  }

  @Override
  public String words() {
    return streams
        + " streams on each of "
        + connections
        + " connections of HTTP/2 and "
        + Tls.VERSION
        + " with "
        + Tls.SUITE;
  }

  @Override
  public Load load(Cores cores, Path folder) {
    return H2load.installed(cores, folder, streams, Call.of(path))
        .orElseThrow(() -> new BenchFailure("h2load (nghttp2-client) is not installed"));
  }

  /** By HTTP/1.1, which ports of HTTPS speak as well; h2load says itself whether it got HTTP/2. */
  @Override
  public void check(Target target) {
    FirstAnswer.check(target, Call.of(path), 200, RawBackend.ANSWER);
  }
}
