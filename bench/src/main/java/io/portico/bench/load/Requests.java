package io.portico.bench.load;

import io.portico.bench.process.Cores;
import java.nio.file.Path;

/** Small requests and answers of 1 KB over HTTP/1.1, as fast as they are answered. */
public record Requests(int connections) implements Traffic {

  @Override
  public Class<?> backend() {
    return RawBackend.class;
  }

  @Override
  public String words() {
    return connections + " keep-alive connections";
  }

  @Override
  public Load load(Cores cores, Path folder) {
    return Wrk.installed(cores, folder).orElseGet(() -> OwnLoad.requests(cores, folder));
  }

  @Override
  public void check(Target target) {
    FirstAnswer.check(target, target.request(), RawBackend.BODY_BYTES);
  }
}
